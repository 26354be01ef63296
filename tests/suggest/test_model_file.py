"""Model files: the same scores to the last bit, the same bytes twice, and no other file is taken for one."""

import io
import json
import pickle
import zipfile
from collections.abc import Callable

import numpy as np
import pytest

from coder.domain.errors import CoderError
from coder.suggest import model_file
from coder.suggest.classifier import CodebookSuggester
from coder.suggest.fitted import Fitted, fitted
from coder.suggest.scoring import Scorer
from tests.suggest.library import BOOK, evidence

TEXTS = ["Öppna på söndagar", "Stolarna är obekväma. Det pratas i telefon.", "", "laddstolpe"]


def fit(background: int = 0) -> Fitted:
    texts = [f"Parkering och laddstolpe nummer {place}" for place in range(background)]
    return fitted(CodebookSuggester().fit(BOOK, evidence(0, 5), texts))


@pytest.fixture(scope="module")
def data() -> bytes:
    return model_file.save(fit())


@pytest.mark.parametrize("background", [0, 20, 1200])
def test_a_loaded_model_gives_identical_scores(background: int) -> None:
    model = fit(background)
    again = model_file.load(model_file.save(model))
    assert np.array_equal(Scorer(again).shares(TEXTS), Scorer(model).shares(TEXTS))
    assert Scorer(again).best(TEXTS) == Scorer(model).best(TEXTS)


def test_a_model_of_no_codes_is_one_too() -> None:
    empty = fitted(CodebookSuggester().fit(BOOK.__class__("k", "sv", "Vad?"), ()))
    assert Scorer(model_file.load(model_file.save(empty))).best(["Öppna"]) == [None]


def test_the_same_suggester_gives_the_same_bytes(data: bytes) -> None:
    assert model_file.save(fit()) == data
    assert model_file.save(model_file.load(data)) == data


def test_another_suggester_has_another_fingerprint(data: bytes) -> None:
    other = model_file.save(fitted(CodebookSuggester().fit(BOOK, evidence(0, 4))))
    assert model_file.fingerprint(other) != model_file.fingerprint(data)
    assert len(model_file.fingerprint(data)) == 64


def test_no_coded_text_is_in_it(data: bytes) -> None:
    for item in evidence(0, 5):
        assert item.text.encode() not in data


def changed(data: bytes, change: Callable[[dict[str, bytes]], None], *, sign: bool = True, store: int = 0) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if sign:
        members["fingerprint"] = model_file.sign(members).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", store) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def told(**values: object) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        members["model.json"] = json.dumps({**json.loads(members["model.json"]), **values}).encode()

    return change


def array(name: str, value: np.ndarray) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        stream = io.BytesIO()
        np.lib.format.write_array(stream, value, allow_pickle=True)
        members[f"{name}.npy"] = stream.getvalue()

    return change


def vast(members: dict[str, bytes]) -> None:
    """An array that says it has a billion billion numbers."""
    members["prior.npy"] = (
        members["prior.npy"].replace(b"(6,), ", b"(6" + b"0" * 17 + b",), ").replace(b" " * 17, b"", 1)
    )


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (told(format=2), "format 2"),
        (told(versions={"coder": "0", "spacy": "0", "simplemma": "0"}), "was made with"),
        (told(versions=None), "can't be read"),
        (told(codes=[1]), "do not fit"),
        (told(arrays=[]), "can't be read"),
        (told(arrays=["../prior"]), "can't be read"),
        (told(blocks=[]), "do not fit"),
        (array("prior", np.zeros(3)), "do not fit"),
        (array("themes", np.full(6, 99)), "do not fit"),
        (array("prior", np.array([{}] * 6)), "not what it says"),
        (array("prior", np.zeros(6, dtype="<f4")), "not what it says"),
        (vast, "not what it says"),
        (lambda members: members.pop("model.json"), "can't be read"),
        (lambda members: members.update({"model.json": b"[1]"}), "can't be read"),
        (lambda members: members.update({"model.json": b"{"}), "can't be read"),
        (lambda members: members.update({"prior.npy": pickle.dumps(np.zeros(6))}), "can't be read"),
        (lambda members: members.update({"prior.npy": b""}), "can't be read"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(
    data: bytes, change: Callable[[dict[str, bytes]], None], says: str
) -> None:
    with pytest.raises(CoderError, match=says) as raised:
        model_file.load(changed(data, change))
    assert raised.value.hint


def test_a_changed_file_is_refused(data: bytes) -> None:
    with pytest.raises(CoderError, match="damaged"):
        model_file.load(changed(data, told(sharpness=9.0), sign=False))


def test_a_compressed_file_is_refused(data: bytes) -> None:
    """What is not compressed cannot unpack to more than it is."""
    with pytest.raises(CoderError, match="none that coder writes"):
        model_file.load(changed(data, lambda _: None, store=zipfile.ZIP_DEFLATED))


@pytest.mark.parametrize("other", [b"", b"PK", b"\x80\x04K\x01.", b"x" * 1000])
def test_any_other_file_is_refused(other: bytes) -> None:
    with pytest.raises(CoderError, match="model file"):
        model_file.load(other)


def test_a_file_cut_anywhere_is_refused(data: bytes) -> None:
    for end in range(0, len(data), len(data) // 40):
        with pytest.raises(CoderError):
            model_file.load(data[:end])
