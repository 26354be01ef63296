"""Names that people in Sweden commonly have, of Swedish and of other origin: a short list by general knowledge.

It finds a name where a capital letter says nothing: first in a sentence, in capitals, in small letters. A name that is
a common word or abbreviation too tells nothing by itself, only beside another name.
"""

from collections.abc import Sequence
from functools import lru_cache


def _set(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_GIVEN = _set("""
    agneta agnes alexandra alice alicia alma amanda anette angelica anita anja anna anneli annelie annette annie
    annika ann anne annmarie astrid barbro beata beatrice berit birgit birgitta birgitte britt britta camilla carina
    carolina caroline catarina cecilia charlotta charlotte christel christina clara dagny daniella doris ebba edith
    elaine eleonora elin elina elisabet elisabeth ella ellen ellinor elsa elvira elvy emelie emilia emma erika ester
    eva evelina ewa felicia filippa frida gabriella gerd gertrud greta gudrun gunborg gunhild gunilla gunnel gunvor
    hanna hanne hedda hedvig helen helena helene henrietta ida ingalill ingeborg ingegerd ingela ingrid irene irma
    isabel isabella isabelle janet jeanette jennifer jenny jessica joanna johanna josefin josefine julia kajsa karin
    karolina katarina kersti kerstin kristin kristina laila lena lina lisa lisbeth lisbet liselott liselotte louise
    lovisa madeleine magdalena maja malin margareta margaretha mari maria mariana marianne marie marika marita marta
    martina matilda mathilda maud mia michaela mikaela mimmi minna mirjam moa monica monika mona märta nadja natalie
    nathalie nellie nina olivia paula pernilla petra pia rebecka rebecca ronja ruth sandra sara sarah selma signe
    sigrid siv sofia sofie sonja stina sussi susann susanna susanne suzanne svetlana sylvia teres teresa therese
    terese tilde tindra tove tyra ulrica ulrika ulla vanja vendela vera veronica veronika victoria viktoria
    viveca viveka vivianne wilma vilma ylva yvonne åsa adam adrian albert albin alexander alfred alf allan anders
    andreas andré anton arne arvid bengt bertil bernt birger bosse börje carl charles christer christian christoffer
    claes clas conny curt daniel david dennis edvard edvin egon einar elias elis emanuel emil eric erik erland ernst
    evert fabian felix filip folke fredrik fritz gabriel georg gerhard gottfrid greger gunnar gustaf gustav göran
    gösta göte hampus harald harry helge henrik henry herbert hjalmar holger hugo håkan ingemar ingvar isac isak
    ivan ivar jakob jacob jens jerker jesper jimmy joakim joel johan johannes johnny john jonas jonathan
    jonny josef joseph jörgen kalle kenneth kennet kenny kent kjell klas klaus knut konrad krister
    kristian kristoffer kurt lars lasse leif lennart liam linus ludvig lukas lucas magnus marcus markus martin
    mathias mats mattias maximilian melker melvin micael michael mikael morgan niclas niklas nils noah noel olle
    olof olov oscar oskar otto ove patric patrick patrik pelle peter petter philip pontus ragnar rasmus richard
    rickard rikard robert robin roger roland rolf ronny rudolf samuel sebastian seth sigurd sigvard simon sixten
    staffan stefan stellan sune sven svante sören teodor theodor thomas tobias tomas tommy tony torbjörn tord torgny
    torsten ulf uno valdemar valter verner victor vidar viggo viktor vilgot vilhelm vincent walter werner wilhelm
    william yngve åke östen abbas abdi abdirahman abdul abdullah abdullahi adnan agnieszka ahmad ahmed aicha
    aino aisha alejandro aleksandra aleksandar alemayehu amal amanuel amin amina amir amira amra andrzej anwar arash
    arben asad asha asma ayan ayşe ayse azad aziz babak bahar behrouz besim bogdan burhan carlos carmen dariusz
    dawit dejan demet dragan elena elham elif emina enver esra ewelina eyob fadi fadumo faduma farah farhad faris
    farzaneh fatima fatma fatou fernando fikret filmon gabriela ghazal giorgos goran grzegorz habib hadi halima
    hamid hamza hanan haris hassan hawa heba hiba hodan hossein houda huda hussein ibrahim idris ikram ilham imran
    irina ismail ivana iwona jamal jamila javier jelena jorge josé juan jukka kamal kamila karim katarzyna kateryna
    kaveh khadija khadra khaled khalid krzysztof laith layla leila lejla leyla ljiljana luis lubna mahamed mahdi
    mahmoud mahmud majid małgorzata malgorzata marek mariam maryam maryan marwa mateusz mehdi mehmet mehret mirela
    mirjana mirza mohamad mohamed mohammad mohammed mohamud mohsen muhammad muhammed mustafa nadia nadim nahid naima
    najma nasrin nasser natalia nawal nazanin negar nenad nikola nikolaos nuri oksana oleksandr olga omar osman
    oumar parisa parvin pawel paweł pedro pekka piotr rachid rahel rahma rania rashid reem reza roya ruzica saber
    sabina sadiq safia sahra saida salah salem salim salma samir samira sanja seid selam selim semira senait shahin
    shirin simret slavica snezana soheila soraya stanisław suleiman suleyman tahir tamara tarek tariq tatiana
    tatjana tesfay timo tomasz vesna vladimir wafa warsame yasin yasmin yasmine yohannes yonas yosef yosra younes
    yousef youssef yusuf zahra zainab zeinab zeynep zlatan zoran zuzana
""")
_SURNAMES = _set("""
    ahlberg ahlgren ahlström almgren almqvist alfredsson bengtzon berggren berglund bergman bergqvist bergkvist
    bergstrand bergström björklund björkman blomberg blomgren blomqvist blomkvist boström brandt broberg carlzon
    dahlberg dahlgren dahlin dahlqvist dahlström edlund ekberg ekblad ekdahl ekholm eklund ekman ekström ekstrand
    engberg engström enström fagerström forsberg forsman franzén fredlund fridh friberg grönlund gustavsson hagberg
    hagman hallberg hallgren hammarström hansen hedberg hedin hedlund hedman hedström hellberg hellman hellström
    hermansson holmberg holmgren holmqvist holmkvist holmström hultgren hägglund höglund högberg jensen kjellberg
    källström landström larsen lindahl lindberg lindblad lindblom lindell lindfors lindgren lindholm lindqvist
    lindkvist lindmark lindroth lindström lindvall ljungberg ljunggren ljungqvist lundberg lundgren lundh lundin
    lundkvist lundmark lundqvist lundström löfgren löfström lövgren malmberg malmgren malmqvist malmström melin
    molin moberg nielsen nilsen norberg nordin nordgren nordlund nordström norén nyberg nygren nyholm nylander
    nylund nyström näslund olin olsen palmgren palmqvist persson petersen pettersen rosén rosenberg rosengren
    rydberg rönnberg sandberg sandgren sandin sandström sjöberg sjögren sjöholm sjölund sjöstrand sjöström skoglund
    stenberg stenström strandberg strömberg sundberg sundin sundqvist sundström söderberg södergren söderlund
    söderqvist söderström thorén tillander törnqvist törnkvist ullman vesterlund viklund vikström wahlberg wahlgren
    wahlström wallberg wallén wallgren wallin wennberg westberg westerberg westerlund westin westman wiberg wiklund
    wikström winberg zetterberg zetterström åberg ågren åhlund åkerlund åkerman åström öberg öhman östberg östlund
    östman abdullahi ahmadi akbari aslan aydin barzani bayram begic bešić celik çelik demir dogan farah ferati gashi
    garcia gonzalez haddad haile hakimi hashemi hodzic hoxha hosseini huseyin ibrahimovic jovanovic karimi kaya
    khalil khan kovacevic kovačević kowalski krasniqi lopez mäkinen mansour markovic martinez moradi mohammadi musa
    nguyen nieminen nikolic novak nowak oglu özdemir petrovic rahimi ramirez rezaei rodriguez saleh sanchez shabani
    sharif tekle virtanen yilmaz yildiz yıldız korhonen kumar
""")
# Names that stand in an answer as words, abbreviations or places far oftener: none of them tells anything alone.
_GIVEN_WORDS = _set("""
    alva ali ana august axel ben bo bror björn dag dan diana frank fred frej genet gun hala hans inga inger iris jack
    jan jasmin jon kai kaj karl kim klara leo lill linda lisen liv lo lotta love lova lucia maj mark max milan mina musa
    my nora nova ola per ramin rima rosa rune rut saga said sam sanna sol sten stella stig svea tim tina tom tor tuva
    urban valborg vilda ville viola
""")
_SURNAME_WORDS = _set("""
    alm berg björk blixt blom dahl ek falk fors frisk gran gren hammar hjelm holm kaplan lind linder lund norling norman
    nova palm rask rosen sand skog ström strand svärd tran wolf
""")
_WORDS_TOO = _GIVEN_WORDS | _SURNAME_WORDS
_FEWEST_LETTERS_BEFORE_SSON = 2


def of_people(words: Sequence[str]) -> tuple[int, bool]:
    """How many of the words, from the first on, are names, and whether they tell of somebody in whatever letters.

    In the genitive too, and with hyphens. (0, False) where the first is none.
    """
    count, telling = 0, False
    while count < len(words) and is_name(words[count]):
        telling = telling or not _WORDS_TOO.issuperset(map(_plain, words[count].casefold().split("-")))
        count += 1
    return count, telling


@lru_cache(50_000)
def is_name(word: str) -> bool:
    """Whether all parts of a word are names, those that are words too among them."""
    return all(_is_plain_name(_plain(part)) for part in word.casefold().split("-"))


def is_given(word: str) -> bool:
    """Whether it is a given name, those that are words too among them."""
    return _plain(word.casefold().split("-")[0]) in _GIVEN | _GIVEN_WORDS


def is_surname(word: str) -> bool:
    """Whether it is a surname, those that are words too among them."""
    name = _plain(word.casefold().split("-")[-1])
    return name in _SURNAMES | _SURNAME_WORDS or _is_patronymic(name)


def _plain(word: str) -> str:
    """The name without the ending of a genitive, where that leaves a name."""
    for ending in (":s", "'s", "’s", "s"):
        bare = word.removesuffix(ending)
        # What ends in s takes no other: a school class is not Klas.
        if bare != word and bare[-1:] not in "sxz" and _is_plain_name(bare):
            return bare
    return word


def _is_plain_name(word: str) -> bool:
    return word in _GIVEN or word in _SURNAMES or word in _WORDS_TOO or _is_patronymic(word)


def _is_patronymic(word: str) -> bool:
    return word.endswith("sson") and len(word) >= len("sson") + _FEWEST_LETTERS_BEFORE_SSON
