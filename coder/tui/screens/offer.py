"""A line to type in that offers what may be meant; Enter takes the marked offer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from textual.events import Key

from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.how_many import how_many
from coder.domain.near_names import alike, in_vivo
from coder.tui.screens.typed import Palette
from coder.tui.signs import one_line
from coder.tui.widgets.painted import Pieces

T = TypeVar("T")

_NEAR = 0.8  # share of letters in common from which a theme's name may be meant by another


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """Something that can be taken: its words, a remark beside them, and what the screen leaves with."""

    words: str
    remark: str
    value: T


class OfferScreen(Palette[T]):
    """Offers that follow what is typed. Tab takes `own` words into the line; `missing` is said where none is left."""

    def __init__(
        self,
        title: str,
        offers: Callable[[str], Sequence[Offer[T]]],
        *,
        typed: str = "",
        own: str = "",
        missing: str = "type a name",
    ) -> None:
        super().__init__()
        self.TITLE_TEXT = one_line(title)
        self.HINT = f"{Palette.HINT}{'   Tab edits the words' if own else ''}"
        self.MISSING = f"{missing}   Esc goes back"
        self.typed_text = one_line(typed)
        self._own = own
        self._offers = offers
        self._found: Sequence[Offer[T]] = ()

    def found(self) -> int:
        return len(self._found)

    def look(self) -> None:
        self._found = self._offers(self.typed_text.strip())

    def line(self, index: int, width: int) -> Pieces:
        offer = self._found[index]
        remark = one_line(offer.remark, width // 2)
        yield f" {one_line(offer.words, max(4, width - len(remark) - 4))}", ""
        yield f"  {remark}", "dim"

    def take(self, index: int) -> None:
        self.dismiss(self._found[index].value)

    def typed(self, event: Key) -> bool:
        if event.key == "tab" and self._own:
            self._write(self._own)
            return True
        return super().typed(event)


def new_code_offers(codebook: Codebook, snippet: str) -> Callable[[str], list[Offer[int | str]]]:
    """For a name that is typed, the codes (their ids) that are called nearly so, then the new code (its name).

    With nothing typed the segment's own words are the name. A retired code of just that name is offered too: it comes
    back into use. A name that a code without a theme has already can't be given to a new one.
    """

    def offers(typed: str) -> list[Offer[int | str]]:
        name = one_line(typed) or in_vivo(snippet)
        near = alike(codebook, name)
        found: list[Offer[int | str]] = [
            Offer(f"give {code.name}", _there(codebook, code, name), code.id) for code in near
        ]
        found += [
            Offer(f"restore {code.name} and give it", _home(codebook, code), code.id)
            for code in codebook.in_order()
            if code.name == name
            and code.retired
            and (code.theme is None or not codebook.theme_by_id[code.theme].retired)
        ]
        remark = " · ".join([*(["anyway"] if found else []), "no theme yet" if typed else "the segment's words"])
        if name and name not in {code.name for code in codebook.codes_of(None)}:
            found.append(Offer(f"new code {name}", remark, name))
        return found

    return offers


def common_code_offers(codebook: Codebook) -> Callable[[str], list[Offer[int | str]]]:
    """As `new_code_offers`, for several segments at once: nothing before a name is typed, and no retired code."""
    near = new_code_offers(codebook, "")

    def offers(typed: str) -> list[Offer[int | str]]:
        found = near(typed) if typed else []
        return [one for one in found if isinstance(one.value, str) or not codebook.is_retired(one.value)]

    return offers


def _there(codebook: Codebook, code: Code, name: str) -> str:
    former = next((alias for alias in code.aliases if alias.casefold() == name.casefold()), None)
    return f"{'there already' if former is None else f'was called {former}'} · {_home(codebook, code)}"


def _home(codebook: Codebook, code: Code) -> str:
    return codebook.theme_name(code.id) or "no theme"


def theme_offers(codebook: Codebook, *, new: bool, out: bool = False) -> Callable[[str], list[Offer[int | str]]]:
    """The themes in use (their ids), those meant by what is typed first; a `new` theme (its name); `out` of all (0)."""
    themes = [theme for theme in codebook.themes if not theme.retired]

    def codes(theme: Theme) -> str:
        return how_many(sum(not code.retired for code in codebook.codes_of(theme.id)), "code")

    def offers(typed: str) -> list[Offer[int | str]]:
        wanted = typed.casefold()
        meant = [one for one in themes if _meant(wanted, one.name.casefold())]
        others = [one for one in themes if one not in meant and wanted in one.name.casefold()]
        found: list[Offer[int | str]] = [Offer(one.name, codes(one), one.id) for one in meant]
        if new and typed and typed not in {one.name for one in codebook.themes}:
            found.append(Offer(f"new theme {typed}", "anyway" if meant else "", typed))
        found += [Offer(one.name, codes(one), one.id) for one in others]
        if out and wanted in "(no theme)":
            found.append(Offer("(no theme)", "out of all themes", 0))
        return found

    return offers


def theme_of_new_offers(codebook: Codebook) -> Callable[[str], list[Offer[int | str]]]:
    """For a new code, none yet (0) as long as nothing is typed, then the themes in use (their ids)."""
    themes = theme_offers(codebook, new=False)
    none: Offer[int | str] = Offer("none yet", "k, the codebook, gives it one later", 0)
    return lambda typed: [*([] if typed else [none]), *themes(typed)]


def _meant(typed: str, name: str) -> bool:
    return name.startswith(typed) or SequenceMatcher(None, typed, name).ratio() >= _NEAR
