"""Projects of hundreds of thousands of texts are read in the memory that their words take, and bombs are not."""

import random
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coder.domain.answers import Kind, Question, Respondent, Round
from coder.domain.codebook import Code, Codebook, Theme
from coder.domain.coding import Segment
from coder.domain.errors import CoderError
from coder.domain.exchange import CodingRow, QdaAnswer, QdaProject
from coder.exporters.project_qdpx import write
from coder.importers.project_qdpx import read_qdpx

Write = Callable[..., Path]
Said = Callable[[pytest.ExceptionInfo[CoderError]], str]
_TEXT = 5_000  # bytes at the most for a text of two codings; held as elements it takes three times as many
_BOOK = Codebook("b", "sv", "Vad?", (Theme(1, "Tema"),), (Code(1, "ett", theme=1), Code(2, "två", theme=1)))
_PIECE = 3_000_000


def _project(texts: int) -> QdaProject:
    answers = tuple(
        QdaAnswer("1", "q", Respondent(f"{number:05}", f"Svarande {number}", {"län": "Norra"}), f"ett och två {number}")
        for number in range(texts)
    )
    rows = tuple(
        CodingRow("1", "q", answer.respondent.key, segment, "", "Tema", code, "eva")
        for answer in answers
        for code, segment in (("ett", Segment(0, 3)), ("två", Segment(8, 11)))
    )
    question = Question("q", "", Kind.OPEN, "Vad?", "b")
    return QdaProject("många", (Round("1"),), (question,), (_BOOK,), answers, rows)


def test_what_is_held_of_a_text_is_what_it_tells(tmp_path: Path) -> None:
    peaks = []
    for texts in (100, 600):
        path = tmp_path / f"{texts}.qdpx"
        write(_project(texts), path, datetime(2026, 1, 1, tzinfo=UTC))
        tracemalloc.start()
        try:
            project = read_qdpx(path)
            peaks.append(tracemalloc.get_traced_memory()[1])
        finally:
            tracemalloc.stop()
        assert (len(project.answers), len(project.codings), project.left) == (texts, 2 * texts, ())
    assert peaks[1] - peaks[0] < 500 * _TEXT


def test_a_description_of_many_megabytes_is_read_from_a_file_of_as_many(tmp_path: Path) -> None:
    letters = random.Random(1).randbytes(_PIECE // 2).hex().encode()
    with zipfile.ZipFile(tmp_path / "p.qdpx", "w", zipfile.ZIP_STORED) as packed:
        with packed.open("project.qde", "w") as stream:
            stream.write(b"<Project><Sources>")
            for _ in range(21):
                stream.write(b"<!--" + letters + b"-->")
            stream.write(b"<TextSource guid='00000000-0000-0000-0000-000000000001' plainTextPath='internal://t.txt'/>")
            stream.write(b"</Sources></Project>")
        packed.writestr("sources/t.txt", "Text.")
    told: list[tuple[int, int]] = []
    project = read_qdpx(tmp_path / "p.qdpx", lambda done, total: told.append((done, total)))
    assert [answer.text for answer in project.answers] == ["Text."]
    assert told == sorted(told)
    assert told[-1] == (63, 63)


def test_texts_that_a_small_file_unpacks_to_are_refused_by_their_sum(qdpx: Write, said: Said) -> None:
    guid = "00000000-0000-0000-0000-0000000000{:02}"
    source = '<TextSource guid="{0}" plainTextPath="internal://{0}.txt"/>'
    guids = [guid.format(number) for number in range(13)]
    path = qdpx(
        f"<Sources>{''.join(map(source.format, guids))}</Sources>",
        {f"sources/{one}.txt": "–".encode() + b"a" * 4_900_000 for one in guids},
    )
    assert path.stat().st_size < 200_000
    with pytest.raises(CoderError) as caught:
        read_qdpx(path)
    assert "its texts and cases take more than the 120 MB of memory" in said(caught)
