"""The keys of the workbench, each with the name it has in the keys file."""

from textual.binding import Binding, BindingType


def _key(keys: str, action: str, name: str, description: str, tooltip: str) -> Binding:
    # By priority: the app acts on such keys itself, in the order they came, before it looks at the next one.
    return Binding(keys, action, description, id=name, tooltip=tooltip, show=False, priority=True)


_CODES: list[BindingType] = [
    _key(
        str(number),
        f"suggestion({number})",
        f"code.{number}",
        f"Give suggestion {number}",
        "give the active segment this suggestion and go to the next uncoded segment",
    )
    for number in range(1, 10)
]

WORKBENCH: list[BindingType] = [
    *_CODES,
    _key("slash", "search", "code.search", "Search for a code", "search for a code: two or three letters, Enter"),
    _key("full_stop", "verb('again')", "code.again", "Last code again", "give the code that was given last"),
    _key("n", "new_code", "code.new", "New code", "type a new code for the active segment; nothing typed: its words"),
    _key(
        "K",
        "code_card",
        "code.entry",
        "Rename, define, exemplify",
        "rename or define the segment's code here, or add the segment to its examples; no code yet: asks which",
    ),
    _key("x", "verb('remove')", "code.remove", "Take a code off", "take a code off the active segment"),
    _key(
        "i", "verb('accept')", "answer.accept", "Accept this of the machine's", "accept what a machine gave the segment"
    ),
    _key("c", "verb('choose')", "code.choose", "Choose what is counted", "choose which code of a theme is counted"),
    _key("f", "verb('example')", "code.example", "Flag as example", "flag the coding as an example for publication"),
    _key("F", "quote", "code.quote", "Shorten the quote", "take words out of the example's quote; … stands for them"),
    _key("w", "similar", "code.similar", "Similar segments", "show the most similar segments already given this code"),
    _key(
        "d",
        "verb('duplicates')",
        "code.duplicates",
        "Code near-duplicates",
        "give this answer's codes to its near-duplicates that no analyst has touched",
    ),
    _key("down", "segment(1)", "segment.next", "Next segment", "go to the next segment"),
    _key("up", "segment(-1)", "segment.previous", "Previous segment", "go to the segment before"),
    _key("home", "edge(0)", "segment.first", "First segment", "go to the first segment"),
    _key("end", "edge(1)", "segment.last", "Last segment", "go to the last segment"),
    _key("right", "caret(1)", "segment.caret-right", "Caret right", "move the caret a word to the right"),
    _key("left", "caret(-1)", "segment.caret-left", "Caret left", "move the caret a word to the left"),
    _key(
        "shift+right,ctrl+right",
        "caret(1, 1)",
        "segment.caret-char-right",
        "Caret right a little",
        "move the caret a character to the right",
    ),
    _key(
        "shift+left,ctrl+left",
        "caret(-1, 1)",
        "segment.caret-char-left",
        "Caret left a little",
        "move the caret a character to the left",
    ),
    _key("s", "verb('split')", "segment.split", "Split", "split the segment at the caret"),
    _key("j", "verb('join')", "segment.join", "Join", "join the segment with the next one (a mouse drag draws any)"),
    _key("a", "verb('whole')", "segment.whole", "Whole answer", "code the whole answer; again: the segment"),
    _key("enter", "done", "answer.done", "Done", "done: accept what a machine has coded here, and go on to the next"),
    _key(
        "D",
        "verb('done_together')",
        "answer.done-together",
        "Done, and all in the same words",
        "done with this and with every answer in the very same words that you have coded the same, as one step",
    ),
    _key(
        "o",
        "verb('onwards')",
        "answer.onwards",
        "Go on by itself",
        "be done as soon as an answer's last segment is coded, and go on; again: no longer",
    ),
    _key("0", "verb('nothing')", "answer.nothing", "Nothing to code", "mark nothing to code, and go on"),
    _key(
        "space", "answer(1)", "answer.next", "Next answer", "go to the next answer of the list, leaving this as it is"
    ),
    _key("p,backspace", "answer(-1)", "answer.previous", "Previous answer", "go to the answer before"),
    _key("m", "memo", "answer.memo", "Memo", "write a memo on the answer, the segment, its code, the question, ..."),
    _key("g", "goto", "go.answer", "Go to an answer", "find an answer by name or words, or filter the list by them"),
    _key("M", "memos", "go.memos", "Memos", "find a memo by its words, what it is about or who wrote it"),
    _key("v", "filter", "go.filter", "Filter the list", "show all, not done, untouched, begun, clash or done answers"),
    _key("y", "order", "go.order", "Order of reading", "choose what is read next: least sure first, by theme, ..."),
    _key("e", "progress", "go.progress", "How coding goes", "how often the first suggestion is right; new codes"),
    _key("tab", "pane(1)", "go.pane", "Next pane", "go to the list, the codebook, and back to the answer"),
    _key("shift+tab", "pane(-1)", "go.pane-back", "Previous pane", "go round the panes the other way"),
    _key("escape", "home", "go.home", "Back to the answer", "back to the answer; forget keys that wait; no filter"),
    _key("t", "table", "go.table", "Table", "the theme table, and the answers behind every count"),
    _key("b", "compare", "go.compare", "Compare rounds", "this round's shares beside those of the round before"),
    _key("k", "codebook", "go.codebook", "Codebook", "the codebook: gather codes in themes, move, merge, define"),
    _key("N", "candidates", "go.candidates", "Candidates", "candidates for new codes, from what autocode has left"),
    _key("L", "look_again", "go.look", "Second look", "look again at what was coded by another definition"),
    _key("l", "clashes", "go.clashes", "Clashes", "resolve the clashes, one after the other"),
    _key("u,ctrl+z", "undo", "work.undo", "Undo", "take back the latest decision"),
    _key("r,ctrl+y", "redo", "work.redo", "Redo", "make it again"),
    _key("question_mark", "help", "work.help", "Help", "this list of keys"),
    _key("q", "quit", "work.quit", "Quit", "leave; everything is saved already"),
]
