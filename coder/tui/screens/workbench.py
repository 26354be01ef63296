"""The workbench: codes one round of one question, by keys."""

import gc
from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.events import DescendantBlur, DescendantFocus

from coder.domain.errors import CoderError
from coder.tui import keys
from coder.tui.filters import FILTERS
from coder.tui.keymap import bound
from coder.tui.screens.behind import Behind
from coder.tui.screens.comparing import ComparisonScreen, questions_of
from coder.tui.screens.face import Face
from coder.tui.screens.goto import GotoScreen, Target, place_of
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.inductive import Inductive
from coder.tui.screens.looking import Looking
from coder.tui.screens.noting import Noting
from coder.tui.screens.quoting import Quoting
from coder.tui.screens.search import SearchScreen
from coder.tui.screens.table import TableScreen
from coder.tui.widgets.answer_list import AnswerList
from coder.tui.widgets.answer_view import AnswerView
from coder.tui.widgets.codebook_list import CodebookList
from coder.tui.widgets.row_list import RowList
from coder.tui.widgets.suggestion_list import SuggestionList
from coder.workflow.comparing import Behind as Counted
from coder.workflow.session import Session

_OF_A_LIST = {"segment", "edge", "done"}  # what the keys of these actions do, a focused list does itself


class Workbench(Inductive, Noting, Quoting, Looking):
    """Codes one round of one question."""

    BINDINGS: ClassVar[list[BindingType]] = keys.WORKBENCH

    def on_face_heard(self, message: Face.Heard) -> None:
        self.bench.heard(message.advice)
        if message.advice.segment is not None and not self._settled:
            # Thousands of answers and the libraries are there for good: the collector need not walk through them
            # in the middle of a key, which takes longer than the key itself.
            self._settled = True
            gc.freeze()

    def on_answer_view_drawn(self, message: AnswerView.Drawn) -> None:
        self._in_turn(lambda: self.verbs.drawn(message.start, message.end))

    def on_answer_view_pointed(self, message: AnswerView.Pointed) -> None:
        self._in_turn(lambda: self.verbs.point(message.offset))

    def on_suggestion_list_clicked(self, message: SuggestionList.Clicked) -> None:
        self._in_turn(self.verbs.suggestion(message.number))

    def on_row_list_picked(self, message: RowList.Picked) -> None:
        rows = message.rows
        if isinstance(rows, AnswerList):
            answer = rows.shown[message.index].id
            self._in_turn(lambda: self.bench.go(answer))
            self.query_one("#answer").focus()
        elif isinstance(rows, CodebookList):
            code = rows.code_at(message.index)
            if code is not None:
                self._in_turn(lambda: self.verbs.code(code))

    def on_screen_suspend(self) -> None:
        """What was said before another screen or a window opened is old when one comes back."""
        self.say("")

    def on_descendant_focus(self, _: DescendantFocus) -> None:
        self.query_one("#left").set_class(isinstance(self.focused, AnswerList), "open")

    def on_descendant_blur(self, _: DescendantBlur) -> None:
        self.query_one("#left").set_class(isinstance(self.focused, AnswerList), "open")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave to a focused list what it does itself."""
        return not (action in _OF_A_LIST and isinstance(self.focused, RowList))

    def action_suggestion(self, number: int) -> None:
        """Give a suggestion."""
        self._in_turn(self.verbs.suggestion(number))

    def action_verb(self, name: str) -> None:
        """Do something to the answer."""
        verb: Callable[[], str | None] = getattr(self.verbs, name)
        self._in_turn(verb)

    def action_segment(self, by: int) -> None:
        """Go to another segment."""
        self._in_turn(lambda: self.verbs.segment(by))

    def action_edge(self, last: int) -> None:
        """Go to the first or last segment."""
        self._in_turn(lambda: self.verbs.edge(last))

    def action_caret(self, by: int, characters: int = 0) -> None:
        """Move the caret."""
        self._in_turn(lambda: self.verbs.caret(by, characters))

    def action_done(self) -> None:
        """Be done with the answer."""
        self._in_turn(self.verbs.done)

    def action_answer(self, by: int) -> None:
        """Read another answer."""
        self._in_turn(lambda: self.bench.step(by))

    def action_undo(self) -> None:
        """Take back the latest decision."""
        self._in_turn(self.bench.undo)

    def action_redo(self) -> None:
        """Make it again."""
        self._in_turn(self.bench.redo)

    def action_search(self) -> None:
        """Search for a code."""

        def found(code: int | None) -> None:
            if code is not None:
                self._in_turn(lambda: self.verbs.code(code))

        self.app.push_screen(SearchScreen(self.bench.all.codebook, self.bench.recent), found)

    def action_goto(self) -> None:
        """Find an answer, or filter the list."""

        def found(target: Target | None) -> None:
            if target is not None and target.answer is not None:
                self._read_at(target.answer, None)
                self._stand_at(target.words)
            elif target is not None:
                self._list(self._filter, target.words)
                self._stand_at(target.words)

        self.app.push_screen(GotoScreen(self.bench.all.answers, self._states()), found)

    def _read_at(self, answer: int, offset: int | None) -> None:
        """Read an answer, at the segment around a place in it where there is one."""
        self._in_turn(lambda: self.bench.go(answer))
        if offset is not None:
            self._in_turn(lambda: self.verbs.point(offset))

    def _stand_at(self, words: str) -> None:
        """Make the segment active in which the words stand that the answer was found by."""

        def there() -> str | None:
            place = place_of(words, self.verbs.reading.answer.text)
            return None if place is None else self.verbs.point(place)

        if self.bench.reading is not None:
            self.bench.line.take(there)

    def action_filter(self) -> None:
        """Filter the list by how far the answers have come."""
        present = {one.state for one in self.bench.standings.values()}
        number = (self._filter + 1) % len(FILTERS)
        while number and not FILTERS[number][1] & present:
            number = (number + 1) % len(FILTERS)
        self._list(number, self._words)

    def _list(self, number: int, words: str) -> None:
        """List only these answers, and say so, for a narrow screen hides the list and its title."""
        self._filter_by(number, words)
        if self.bench.shown:
            which = f"{FILTERS[number][0] or 'all'} answers{f' with “{words}”' if words else ''}"
            self.say(f"the list shows {which}: {len(self.bench.shown)}")

    def action_pane(self, by: int) -> None:
        """Go to another pane."""
        panes = ["answer", "answers", "codebook"]
        here = self.focused.id if self.focused is not None and self.focused.id in panes else "answer"
        name = panes[(panes.index(here) + by) % len(panes)]
        self.query_one("#left").set_class(name == "answers", "open")
        self.set_focus(self.query_one(f"#{name}"))

    def action_home(self) -> None:
        """Go back to the answer; forget keys that wait; show all answers again."""
        if self.bench.line.waiting:
            self.bench.line.clear()
            self.say("")
        elif self.focused is not None and self.focused.id != "answer":
            self.set_focus(self.query_one("#answer"))
        elif self._filter or self._words:
            self._filter_by(0, "")

    async def action_table(self) -> None:
        """Show the table."""
        await self.bench.finished() if not self._busy else None
        try:
            table = await self._desk.do(Session.table)
        except CoderError as error:
            self.fail(error)
            return

        def left(one: Behind | None) -> None:
            if one is not None:
                standing, counted = one
                self._read_at(standing.answer.id, None if counted is None or counted.whole else counted.segment.start)

        self.app.push_screen(TableScreen(self._desk, table, self._keymap), left)

    async def action_compare(self) -> None:
        """Show this round's shares beside those of the round before."""
        await self.bench.finished() if not self._busy else None
        try:
            questions = await self._desk.do(questions_of)
        except CoderError as error:
            self.fail(error)
            return
        if not questions:
            self.say("no round before this one puts any of its questions")
            return

        def left(one: Counted | None) -> None:
            for answer in self.bench.all.answers if one is not None else ():
                if one is not None and answer.respondent.key == one.respondent:
                    self._read_at(answer.id, None if one.counted is None else one.counted.start)

        at_work = (self.bench.all.question, self.bench.all.round)
        self.app.push_screen(ComparisonScreen(self._desk, questions, at_work, self._keymap), left)

    def action_help(self) -> None:
        """Show every key."""
        actions = [*bound(self.BINDINGS, self._keymap), *bound(RowList.BINDINGS, self._keymap)]
        self.app.push_screen(HelpScreen("workbench", actions))

    async def action_quit(self) -> None:
        """Leave, once all is on disk."""
        if self.bench.deciding and self._busy and self._said != "q again leaves without it":
            self.notify("A decision is still waiting for the file, which another program holds.", markup=False)
            self.say("q again leaves without it")
            return
        if not self._busy:
            await self.bench.finished()
            await self.bench.keep_place()
        self.app.exit()
