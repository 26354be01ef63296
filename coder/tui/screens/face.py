"""The face of the workbench: answers left, the answer in the middle, suggestions and the codebook right."""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from coder.domain.counting import State
from coder.domain.errors import CoderError
from coder.domain.how_many import how_many
from coder.tui.advice import Advice, Advising
from coder.tui.desk import Desk
from coder.tui.filters import FILTERS, list_title
from coder.tui.labels import banner, head
from coder.tui.memoing import in_head, labels_of
from coder.tui.offering import scored
from coder.tui.overview import Overview
from coder.tui.reading import Reading
from coder.tui.review_verbs import ReviewVerbs
from coder.tui.reviewing import BLIND, ReviewBench
from coder.tui.screens.goto import matching
from coder.tui.screens.pick import PickScreen
from coder.tui.signs import one_line
from coder.tui.widgets.answer_list import AnswerList
from coder.tui.widgets.answer_view import AnswerView
from coder.tui.widgets.codebook_list import CodebookList
from coder.tui.widgets.suggestion_list import SuggestionList
from coder.tui.widgets.text_line import StatusLine, TextLine


class Face(Screen[None]):
    """What the workbench looks like. What its keys do stands in the workbench itself."""

    ALLOW_SELECT = False
    AUTO_FOCUS = "#answer"

    class Heard(Message):
        """News from the adviser's thread."""

        def __init__(self, advice: Advice) -> None:
            super().__init__()
            self.advice = advice

    def __init__(self, desk: Desk, adviser: Advising, start: Overview, keymap: dict[str, str]) -> None:
        super().__init__()
        self.bench = ReviewBench(desk, adviser, start, self, lambda advice: self.post_message(self.Heard(advice)))
        self.verbs = ReviewVerbs(self.bench, self)
        self._desk = desk
        self._keymap = keymap
        self._filter = 0
        self._words = ""
        self._saved = ""
        self._busy = False
        self._said = self._at_work = ""
        self._moving: Timer | None = None
        self._up = False
        self._settled = False
        desk.on_busy = self._on_busy

    def compose(self) -> ComposeResult:
        yield TextLine(id="title")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield TextLine(id="left-title")
                yield AnswerList(id="answers")
            with Vertical(id="middle"):
                yield TextLine(id="head")
                yield AnswerView(id="answer")
            with Vertical(id="right"):
                yield TextLine(id="right-title")
                yield SuggestionList(self.bench.all.codebook, id="suggestions")
                yield TextLine(id="codebook-title")
                yield CodebookList(id="codebook")
        yield StatusLine(id="status")

    def on_mount(self) -> None:
        self._up = True
        start = self.bench.all
        self._line("title").show(
            (f" {one_line(start.project)} · {one_line(start.round)} · {one_line(start.question)} ", "strong"),
            (f" {one_line(start.text)}", ""),
            (f" {one_line(start.analyst)} ", "right"),
        )
        self.show_counts(None)
        self._show_status()
        if not self.bench.answers:
            self.say("no answers to this question yet: import a survey")
        self.bench.begin()
        self.set_interval(2, self._poll)
        self.call_after_refresh(self.bench.counsel.start)

    def on_unmount(self) -> None:
        self.bench.counsel.close()

    # What the bench asks to be shown

    def show_reading(self) -> None:
        """Draw the answer being read, and the suggestions."""
        bench = self.bench
        if bench.reading is None or not self._up:
            return
        reading, standing = bench.reading, bench.standing
        # Before the answer: should the two be painted in two frames, nobody sees a segment beside another one's list.
        self._show_suggestions()
        labels = labels_of(bench.all, standing, reading)
        pinned = banner(standing.decision, bench.all.codebook, self.verbs.choice_in_words)
        because = [word for one in (bench.suggestions() or ())[:1] for word in one.because]
        self.query_one("#answer", AnswerView).show(reading, labels, pinned, because)
        self._show_head()
        self._show_status()
        self.query_one("#answers", AnswerList).stand_on(reading.answer.id)
        if self._moving is not None:
            self._moving.stop()
        self._moving = self.set_timer(1, self._keep_place)

    def show_counts(self, answer: int | None) -> None:
        """Draw the counts, and an answer's sign in the list; all signs where None."""
        if not self._up:
            return
        bench = self.bench
        self.query_one("#codebook", CodebookList).show(bench.all.codebook, bench.counts, told=not bench.waiting)
        new = f"N {len(bench.all.candidates)} new" if bench.all.candidates else ""
        self._line("codebook-title").show((" Codebook: respondents", "strong"), (new, "right key"))
        if answer is None:
            self._show_list()
        else:
            self.query_one("#answers", AnswerList).came_on(answer)
        self._show_remaining()

    def say(self, text: str) -> None:
        """Say something quietly, until the next key."""
        self._said = one_line(text)
        self._show_status()

    def fail(self, error: CoderError) -> None:
        """Say what went wrong and what to do."""
        self.notify(f"{error.message}\n{error.hint}", severity="error", markup=False, timeout=10)

    def broken(self, error: BaseException) -> None:
        """End, with an error that nobody foresaw."""

        def fall() -> None:
            raise error

        self.call_later(fall)

    def saved(self) -> None:
        """Say that all that was decided is on disk."""
        self._saved = f"saved {datetime.now().astimezone():%H:%M:%S}"
        self._show_status()

    def pick(self, title: str, options: Sequence[str], then: Callable[[int], None]) -> None:
        """Have one of a few options picked."""

        def picked(place: int | None) -> None:
            if place is not None:
                then(place)

        self.app.push_screen(PickScreen(title, options), picked)

    def given(self, reading: Reading, code: int) -> None:
        """Take note that the active segment was given a code."""

    def _in_turn(self, step: Callable[[], str | None]) -> None:
        if self.bench.reading is None:
            return
        self._said = ""
        self.bench.line.take(step)
        self._show_status()

    def _line(self, name: str) -> TextLine:
        return self.query_one(f"#{name}", TextLine)

    def _states(self) -> dict[int, State]:
        return {number: one.state for number, one in self.bench.standings.items()}

    def _filter_by(self, number: int, words: str) -> None:
        self._filter, self._words = number, words
        states, wanted = self._states(), FILTERS[number][1]
        found = [one for one in self.bench.all.answers if states[one.id] in wanted]
        if words:
            kept = {one.id for one in matching(found, words)}
            found = [one for one in found if one.id in kept]
        self.bench.list_only(tuple(found))
        self.show_counts(None)
        here = self.bench.reading
        if found and here is not None and here.answer.id not in {one.id for one in found}:
            self.bench.go(self.bench.shown[0].id)
        if not found:
            self.say("no answer fits the filter: Esc shows all")

    def _show_list(self) -> None:
        reading = self.bench.reading
        rows = self.query_one("#answers", AnswerList)
        marked = frozenset(self.bench.all.noted)
        rows.show(self.bench.shown, self.bench.standings, None if reading is None else reading.answer.id, marked)

    def _show_remaining(self) -> None:
        clashes = f"▲ {self.bench.counts.clashes} " if self.bench.counts.clashes else ""
        self._line("left-title").show((self._list_title(), "strong"), (clashes, "right clash"))
        if self.bench.reading is not None:
            self._show_head()

    def _list_title(self) -> str:
        bench, words = self.bench, one_line(self._words, 10)
        review = bench.review_in_words()
        return list_title(self._filter, words, len(bench.shown), bench.counts, bench.order, review=review)

    def _show_head(self) -> None:
        standing, which = self.bench.standing, "list · " if self._filter or self._words else ""
        left = f"{which}{self._list_title().strip()}" if self.has_class("-narrow") else ""  # the list is hidden there
        self._line("head").show_lines(*head(standing, in_head(self.bench.all, standing), left))

    def _show_suggestions(self) -> None:
        found = self.bench.suggestions()
        none = "no suggestions: / finds every code" if self.bench.all.codebook.active else "no code yet: n makes one"
        remark = BLIND if self.bench.blind() else "looking for suggestions…" if found is None else none
        codebook = self.bench.all.codebook
        self.query_one("#suggestions", SuggestionList).show(codebook, found or (), "" if found else remark)
        unscored = "no scores yet " if found and not scored(found) else ""
        self._line("right-title").show((" Suggestions", "strong"), (unscored, "right dim"))

    def _show_status(self) -> None:
        if not self._up:
            return
        status = self.query_one("#status", StatusLine)
        if self._busy:
            status.say(self._said, ("held by another program; your decision is kept and tried again ", "right clash"))
            return
        waiting = self.bench.line.waiting
        keys = f"{how_many(waiting, 'key waits', 'keys wait')} for the suggestions; Esc forgets" if waiting else ""
        said = self._said or keys or self._at_work
        saved = "saving… " if self.bench.deciding else f"{self._saved} "
        right = (f" {saved}", "right good")
        status.say(said, right) if said else status.show(self.bench.hints(), right)

    def _on_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_status()

    async def _keep_place(self) -> None:
        if not self._desk.waiting:
            self.run_worker(self.bench.keep_place(), group="place")

    def _poll(self) -> None:
        self.run_worker(self.bench.poll(), group="poll", exclusive=True)
