"""Model files: a fitted suggester as plain numbers and words, without pickle, which runs what a file tells it to.

A file is a zip archive of `model.json` (versions, codes, features), one NumPy array a member, and a fingerprint of
all of them. The same suggester gives the same bytes. It holds no coded text, but words of coded texts: keep it as you
keep the answers.
"""

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, NoReturn

import numpy as np
from scipy import sparse

from coder import __version__
from coder.domain.errors import CoderError
from coder.suggest.fitted import Block, Fitted, Near
from coder.text.fields import lists_version

_FORMAT = 1
_LARGEST = 2_000_000_000  # bytes, of all members together
_JSON, _FINGERPRINT = "model.json", "fingerprint"
_KINDS = ("<f8", "<i8", "<i4")
_AGAIN = "Fit the suggester anew from the project, with the version of coder that is to read it."
_SOON = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip archive knows, so that no clock is in the bytes
_Arrays = dict[str, np.ndarray]


def versions() -> dict[str, str]:
    """The versions that a score depends on; another tokeniser, dictionary or list of fields makes others."""
    libraries = {name: version(name) for name in ("spacy", "simplemma")}
    return {"coder": __version__, "fields": lists_version(), **libraries}


def save(fitted: Fitted) -> bytes:
    """The model file of a fitted suggester."""
    members = {f"{name}.npy": _array_bytes(array) for name, array in _arrays(fitted).items()}
    members[_JSON] = json.dumps(_told(fitted), ensure_ascii=False, sort_keys=True).encode()
    members[_FINGERPRINT] = sign(members).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in sorted(members):
            archive.writestr(zipfile.ZipInfo(name, _SOON), members[name])
    return stream.getvalue()


def fingerprint(data: bytes) -> str:
    """The fingerprint that a model file carries, 64 hexadecimal digits; raises CoderError as `load` does."""
    return _checked(data)[_FINGERPRINT].decode()


def load(data: bytes) -> Fitted:
    """The fitted suggester in a model file, to the last bit as it was.

    Raises CoderError for anything else, for a damaged file, and for one made with other versions than these.
    """
    members = _checked(data)
    try:
        told = json.loads(members[_JSON])
        if told.get("format") != _FORMAT:
            _refuse(f"is in format {told.get('format')!r}; this version reads {_FORMAT}", _AGAIN)
        made = {name: told["versions"].get(name) for name in versions()}
        if made != versions():
            other = next(name for name in made if made[name] != versions()[name])
            _refuse(f"was made with {other} {made[other]}; here is {versions()[other]}", _AGAIN)
        arrays = {name: _array(members[f"{name}.npy"]) for name in told["arrays"]}
        return _fitted(told, arrays)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CoderError(f"the model file can't be read: {error}", _AGAIN) from error


def _told(fitted: Fitted) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "versions": versions(),
        "language": fitted.language,
        "codes": list(fitted.codes),
        "blocks": [{"kind": one.kind, "features": one.features, "length": one.length} for one in fitted.blocks],
        "theme_weight": fitted.theme_weight,
        "sharpness": fitted.sharpness,
        "known": fitted.known,
        "near_weight": fitted.near.weight if fitted.near else None,
        "arrays": sorted(_arrays(fitted)),
    }


def _arrays(fitted: Fitted) -> _Arrays:
    arrays: _Arrays = {
        "themes": fitted.themes.astype("<i8"),
        "weights": fitted.weights,
        "intercepts": fitted.intercepts,
        "prior": fitted.prior,
        **{f"rarity-{block.kind}": block.rarity for block in fitted.blocks},
    }
    if fitted.near is not None:
        rows = fitted.near.rows
        arrays |= {"near-values": rows.data, "near-columns": rows.indices.astype("<i4")}
        arrays |= {"near-ends": rows.indptr.astype("<i4"), "near-shares": fitted.near.shares}
    return arrays


def _fitted(told: Mapping[str, Any], arrays: _Arrays) -> Fitted:
    blocks = tuple(
        Block(str(one["kind"]), tuple(map(str, one["features"])), arrays[f"rarity-{one['kind']}"], float(one["length"]))
        for one in told["blocks"]
    )
    codes, themes = tuple(map(int, told["codes"])), arrays["themes"].astype(np.intp)
    width, labels = sum(len(block.features) for block in blocks), len(arrays["intercepts"])
    themed = labels > len(codes)
    shapes = {"themes": (len(codes),), "weights": (width, labels), "intercepts": (labels,), "prior": (len(codes),)}
    shapes |= {f"rarity-{block.kind}": (len(block.features),) for block in blocks}
    wrong = [name for name, shape in shapes.items() if arrays[name].shape != shape]
    wrong += ["themes"] if len(themes) and not 0 <= themes.min() <= themes.max() < max(len(codes), 1) else []
    wrong += ["intercepts"] if labels != len(codes) + (int(themes.max()) + 1 if themed else 0) else []
    if wrong:
        raise ValueError(f"its {wrong[0]} do not fit the rest")
    near = None
    if told["near_weight"] is not None:
        shape = (len(arrays["near-ends"]) - 1, width)
        rows = sparse.csr_matrix((arrays["near-values"], arrays["near-columns"], arrays["near-ends"]), shape=shape)
        rows.check_format(full_check=True)
        near = Near(rows, arrays["near-shares"], float(told["near_weight"]))
        if near.shares.shape != (shape[0], len(codes)):
            raise ValueError("its near texts do not fit the rest")
    return Fitted(
        language=str(told["language"]),
        codes=codes,
        themes=themes,
        blocks=blocks,
        weights=arrays["weights"],
        intercepts=arrays["intercepts"],
        theme_weight=float(told["theme_weight"]),
        prior=arrays["prior"],
        sharpness=float(told["sharpness"]),
        known=bool(told["known"]),
        near=near,
    )


def _checked(data: bytes) -> dict[str, bytes]:
    """The members of a model file, read within limits, which have the fingerprint that it carries."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            listed = archive.infolist()
            # Nothing is compressed, so that all there is to read is no larger than the file.
            sound = all(one.compress_type == zipfile.ZIP_STORED for one in listed)
            size = sum(one.file_size for one in listed)
            if not sound or size > len(data) or size > _LARGEST or len({one.filename for one in listed}) < len(listed):
                _refuse("is none that coder writes", _AGAIN)
            members = {one.filename: archive.read(one) for one in listed}
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise CoderError("the model file is damaged, or is no model file", _AGAIN) from error
    if members.get(_FINGERPRINT, b"").decode("ascii", "replace") != sign(members):
        _refuse("is damaged, or was changed after it was written", _AGAIN)
    return members


def sign(members: Mapping[str, bytes]) -> str:
    """The fingerprint of a file's other members."""
    digest = hashlib.sha256()
    for name in sorted(members):
        if name != _FINGERPRINT:
            digest.update(hashlib.sha256(name.encode()).digest() + hashlib.sha256(members[name]).digest())
    return digest.hexdigest()


def _array_bytes(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.lib.format.write_array(stream, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
    return stream.getvalue()


def _array(data: bytes) -> np.ndarray:
    """The array in a member, its shape compared with its bytes before anything is allocated."""
    stream = io.BytesIO(data)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError("an array in another format")
    shape, by_columns, kind = np.lib.format.read_array_header_1_0(stream)
    values = data[stream.tell() :]
    if by_columns or kind.str not in _KINDS or math.prod(shape) * kind.itemsize != len(values):
        raise ValueError("an array that is not what it says")
    array: np.ndarray = np.frombuffer(values, dtype=kind).reshape(shape).copy()
    return array


def _refuse(what: str, hint: str) -> NoReturn:
    raise CoderError(f"the model file {what}", hint)
