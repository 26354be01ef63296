"""A made-up survey on a library: a small codebook and ten texts a code, to learn from and to score."""

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.suggestion import Evidence

BOOK = Codebook(
    "bibliotek",
    "sv",
    "Vad kan biblioteket göra bättre?",
    (Theme(1, "Öppet"), Theme(2, "Samling"), Theme(3, "Huset")),
    (
        Code(11, "Tider", 1, "Öppettider. Kvällar, helger, stängt för tidigt. Inte: långt att resa (Läge)."),
        Code(12, "Läge", 1, "Var det ligger. Avstånd, buss, parkering, filial."),
        Code(21, "Urval", 2, "Böcker som saknas. Fler titlar, genrer, språk."),
        Code(22, "Köer", 2, "Väntan på böcker. Reservationer, lånekö."),
        Code(31, "Ljud", 3, "Oväsen. Prat, telefoner, tyst rum."),
        Code(32, "Möbler", 3, "Stolar, bord, soffor och läsplatser. Inte: prat vid borden (Ljud)."),
    ),
)

TEXTS = {
    11: (
        "Ni stänger alldeles för tidigt på vardagar",
        "Håll öppet även på söndagar",
        "Jag jobbar till sex och då är det redan stängt",
        "Längre öppettider på sommaren",
        "Öppna före tio så hinner jag innan jobbet",
        "Kvällsöppet någon dag i veckan vore fint",
        "Varför är det stängt på lördagar",
        "Meröppet med kort tack, gärna till midnatt",
        "Lunchstängt är opraktiskt",
        "Att tiderna är så korta på helgen",
    ),
    12: (
        "Det är långt att åka från byn",
        "Bussen går bara två gånger om dagen dit",
        "Svårt att hitta parkering i närheten",
        "Lägg en filial i vår stadsdel",
        "Ligger för långt bort för barnen att gå själva",
        "Bokbussen borde komma hit igen",
        "Avståndet gör att vi sällan kommer",
        "Flytta närmare stationen",
        "Ingen cykelväg dit och dyr parkering",
        "Filialen på landet lades ned",
    ),
    21: (
        "Fler böcker på arabiska och somaliska",
        "Det saknas nya deckare",
        "Köp in mer poesi",
        "Urvalet av serier är magert",
        "Ni har nästan ingen facklitteratur om trädgård",
        "Större utbud av ljudböcker",
        "Många titlar saknas i serien",
        "Mer fantasy för tonåringar",
        "Gamla böcker rensas ut för fort",
        "Skaffa fler tidskrifter på engelska",
    ),
    22: (
        "Det är alltid lång kö på populära böcker",
        "Jag har väntat fyra månader på min reservation",
        "Reservationskön är för lång",
        "Plats 87 i kön är inte rimligt",
        "Korta lånetiden på nyheter så går kön fortare",
        "Man får vänta för länge på beställda böcker",
        "Reserverade böcker kommer aldrig",
        "Väntetiden på nya romaner",
        "Folk lämnar inte tillbaka i tid så kön växer",
        "Fler exemplar så att man slipper köa",
    ),
    31: (
        "Det pratas för högt i läsesalen",
        "Folk talar i telefon överallt",
        "Ett tyst rum för studier behövs",
        "Barnen skriker och springer",
        "För mycket oväsen på eftermiddagarna",
        "Bullrigt, svårt att koncentrera sig",
        "Ljudnivån är för hög",
        "Stök och hög musik från ungdomar",
        "Säg till dem som pratar högt",
        "Tystare ventilation, den brusar",
    ),
    32: (
        "Stolarna är obekväma",
        "Fler bord med eluttag",
        "En soffa till i barnhörnan",
        "För få läsplatser vid fönstren",
        "Man hittar aldrig en ledig sittplats",
        "Fåtöljerna är slitna",
        "Höj- och sänkbara bord vore bra",
        "Det finns inga bra stolar för gamla",
        "Trasiga lampor vid borden",
        "Studieplatserna är för få",
    ),
}
# What none of the texts speaks of.
TOPIC = [
    "Laddstolpar för elbilar vid entrén",
    "Det behövs laddstolpar för elbilar",
    "Ingen laddstolpe till elbilen",
    "Sätt upp en laddstolpe för elbilar",
    "Elbilar kan inte ladda, laddstolpar saknas",
    "Fler laddstolpar för elbil tack",
]


def evidence(first: int, last: int) -> list[Evidence]:
    """The texts `first` to `last` of every code, each from a respondent of its own."""
    return [
        Evidence(text, code, f"r{code}-{place}")
        for code, texts in TEXTS.items()
        for place, text in enumerate(texts)
        if first <= place < last
    ]
