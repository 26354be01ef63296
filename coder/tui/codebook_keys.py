"""The keys of the codebook, clash and candidates screens and the second look, each with its name in the keys file."""

from textual.binding import Binding, BindingType


def _key(keys: str, action: str, name: str, description: str, tooltip: str) -> Binding:
    return Binding(keys, action, description, id=name, tooltip=tooltip, show=False, priority=True)


CODEBOOK: list[BindingType] = [
    _key("space", "select", "codebook.select", "Select", "select the code, or no longer: several can be selected"),
    _key("g", "gather", "codebook.gather", "Gather in a theme", "gather the selected codes in a theme, new or not"),
    _key("m", "move", "codebook.move", "Move to a theme", "move the selected codes to a theme, or out of all"),
    _key("shift+up", "order(-1)", "codebook.up", "Further up", "move the code, or the theme, up in published order"),
    _key("shift+down", "order(1)", "codebook.down", "Further down", "move it down in published order"),
    _key("M", "merge", "codebook.merge", "Merge", "merge the selected codes into one"),
    _key("S", "split", "codebook.split", "Split", "split the code: deal its segments out, one key each"),
    _key("R", "retire", "codebook.retire", "Retire or restore", "retire the code or theme, or restore it"),
    _key("r", "rename", "codebook.rename", "Rename", "rename the code or theme; the old name still finds it"),
    _key("d", "define", "codebook.define", "Define", "write the definition of the code or theme"),
    _key("e", "example", "codebook.example", "Add an example", "add an example segment to the code"),
    _key("n", "memo", "codebook.memo", "Memo", "write your memo on the code or theme"),
    _key("L", "look_again", "codebook.look", "Second look", "look again at what was coded by another definition"),
    _key("u,ctrl+z", "undo", "codebook.undo", "Undo", "take back the latest change, or decision"),
    _key("ctrl+y", "redo", "codebook.redo", "Redo", "make it again"),
    _key("tab", "pane(1)", "codebook.pane", "Next pane", "go to the next list"),
    _key(
        "shift+tab",
        "pane(-1)",
        "codebook.pane-back",
        "Previous pane",
        "go back: from a code to what reads alike",
    ),
    _key("question_mark", "help", "codebook.help", "Help", "this list of keys"),
    _key("escape,k,q", "close", "codebook.close", "Back", "forget what is selected; go back to the workbench"),
]

_DIGITS: list[BindingType] = [
    _key(str(number), f"choose({number})", f"clash.{number}", f"Count code {number}", "count this code")
    for number in range(1, 10)
]

CLASHES: list[BindingType] = [
    *_DIGITS,
    _key("space,down", "step(1)", "clash.next", "Next clash", "go to the next clash, leaving this as it is"),
    _key("up,p,backspace", "step(-1)", "clash.previous", "Previous clash", "go to the clash before"),
    _key("enter", "open", "clash.open", "Go to the answer", "read the answer in the workbench"),
    _key("u,ctrl+z", "undo", "clash.undo", "Undo", "take back the latest decision"),
    _key("question_mark", "help", "clash.help", "Help", "this list of keys"),
    _key("escape,l,q", "close", "clash.close", "Back", "go back to the workbench"),
]

SECOND_LOOK: list[BindingType] = [
    _key("k", "keep", "look.keep", "Keep", "the code still fits: keep it, and go on"),
    _key("slash", "another", "look.another", "Another code", "give another code in its place, and go on"),
    _key("x", "take_off", "look.off", "Take off", "take the code off the segment, and go on"),
    _key("space,down", "step(1)", "look.next", "Next segment", "go to the next segment, leaving this for another time"),
    _key("up,p,backspace", "step(-1)", "look.previous", "Previous segment", "go to the segment before"),
    _key("d", "full", "look.full", "Whole definitions", "show the definitions in full, or only where they differ"),
    _key("enter", "open", "look.open", "Go to the answer", "read the answer in the workbench"),
    _key("u,ctrl+z", "undo", "look.undo", "Undo", "take back the latest decision"),
    _key("question_mark", "help", "look.help", "Help", "this list of keys"),
    _key("escape,L,q", "close", "look.close", "Back", "go back; what has been looked at is remembered"),
]

CANDIDATES: list[BindingType] = [
    _key(
        "n",
        "make",
        "candidate.make",
        "Make a code of it",
        "give its segments one code by hand: a new one, or one there",
    ),
    _key("space", "leave_out", "candidate.out", "Leave out", "leave the segment out, or take it in again, and go on"),
    _key("x", "dismiss_it", "candidate.dismiss", "Dismiss", "no code: offer the candidate no more"),
    _key("tab,shift+tab", "pane", "candidate.pane", "The other list", "go to the segments, or back to the candidates"),
    _key("u,ctrl+z", "undo", "candidate.undo", "Undo", "take back the latest decision"),
    _key("ctrl+y", "redo", "candidate.redo", "Redo", "make it again"),
    _key("question_mark", "help", "candidate.help", "Help", "this list of keys"),
    _key("escape,N,q", "close", "candidate.close", "Back", "go back; what is not dealt with waits"),
]
