"""What a batch run did to one question of a round, in numbers."""

from dataclasses import dataclass, field

from coder.domain.acceptance import Candidate, Gate
from coder.domain.codebook import Codebook
from coder.domain.coding import Work
from coder.domain.counting import decide
from coder.workflow.machine import Decided, Model, Terms


@dataclass
class AutocodeReport:
    """What a batch run did to one question of a round, or would do, in numbers of answers that are not blank.

    `coded` answers carry machine codings now, `left` none, and `by_hand` were an analyst's and not looked at. In `new`
    the machine was sure of something that it left, for being unlike all that analysts have read. `clashes` are the
    (answer, theme) pairs in which it found several codes: the one of the highest score is counted until somebody
    chooses. Of `stood` codes that the machine had given these answers before, each once an answer, `withdrawn` are not
    given now, and `added` are given that were not. `in_audit` of those left wait for an analyst who is not to see what
    the machine says. `candidates` are what may be new topics among the answers looked at, those of the audit left out;
    the project keeps them with the run. `called` are the names of whom they name, by key. `run` is None where nothing
    was written: in a dry run, and where it gave nothing and no earlier run had.
    """

    round: str
    question: str
    codebook: Codebook
    terms: Terms
    model: Model
    gate: Gate
    dry_run: bool = False
    run: int | None = None
    answers: int = 0
    coded: int = 0
    left: int = 0
    by_hand: int = 0
    in_audit: int = 0
    codings: int = 0
    clashes: int = 0
    stood: int = 0
    withdrawn: int = 0
    added: int = 0
    new: int = 0
    candidates: list[Candidate] = field(default_factory=list)
    called: dict[str, str] = field(default_factory=dict)

    def count(self, one: Decided, before: Work) -> None:
        """Take in an answer that the machine has gone through, and what it carried `before`."""
        self.coded += bool(one.work.codings)
        self.left += not one.work.codings
        self.codings += len(one.work.codings)
        self.new += one.new
        if len(one.work.codings) > 1:
            self.clashes += sum(settled.clash for settled in decide(one.work, self.codebook))
        then, now = self._codes(before), self._codes(one.work)
        self.stood += len(then)
        self.withdrawn += len(then - now)
        self.added += len(now - then)

    def _codes(self, work: Work) -> set[int]:
        return {self.codebook.stands_for(one.code) for one in work.codings}
