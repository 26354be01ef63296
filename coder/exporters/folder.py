"""A folder for files that are written as a whole or not at all: on a disk, or under an address of an object store."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from coder.domain.errors import CoderError
from coder.exporters.files import remove_begun, write_file


class Folder:
    """A place to write files to. `place` is a path, or an address such as `s3://bucket/codings`.

    Addresses need fsspec, which comes with `coder-workbench[cluster]`, and what it needs for the store. Whatever goes
    wrong is a CoderError.
    """

    def __init__(self, place: str) -> None:
        self.remote = "://" in place and not place.startswith("file://")
        bare = place.removeprefix("file://")
        self.place = place.rstrip("/") if self.remote else str(Path(bare).absolute())

    def make(self) -> None:
        """Make the folder, where it is on a disk and not there."""
        if not self.remote:
            try:
                Path(self.place).mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CoderError(f"{self.place} can't be made: {error.strerror}", "Choose another folder.") from error

    def path(self, name: str) -> str:
        """The path or address of a file in the folder."""
        return f"{self.place}/{name}"

    def write(self, name: str, write: Callable[[BinaryIO], None]) -> None:
        """Write a file through `write`; what stood there is replaced once all of the new one is there."""
        if not self.remote:
            write_file(Path(self.path(name)), write)
            return
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / "whole"
            write_file(path, write)
            self._send(path, name)

    def put(self, name: str, data: bytes) -> None:
        """Write a file of these bytes."""

        def write(stream: BinaryIO) -> None:
            stream.write(data)

        self.write(name, write)

    def read(self, name: str) -> bytes | None:
        """A file's bytes, None where there is none."""
        try:
            if not self.remote:
                return Path(self.path(name)).read_bytes()
            import fsspec  # noqa: PLC0415 - comes with the extra

            with fsspec.open(self.path(name), "rb") as stream:
                return bytes(stream.read())
        except FileNotFoundError:
            return None
        except Exception as error:  # what stores raise has no class in common
            raise CoderError(f"can't read {self.path(name)}: {error}", "Check the address and the rights.") from error

    def names(self, suffix: str) -> list[str]:
        """The names of the files with a suffix, sorted."""
        try:
            if not self.remote:
                return sorted(path.name for path in Path(self.place).glob(f"*{suffix}"))
            import fsspec  # noqa: PLC0415 - comes with the extra

            system, path = fsspec.core.url_to_fs(self.place)
            found = system.ls(path, detail=False) if system.exists(path) else []
            return sorted(one.rpartition("/")[2] for one in found if one.endswith(suffix))
        except Exception as error:  # what stores raise has no class in common
            raise CoderError(f"can't list {self.place}: {error}", "Check the address and the rights.") from error

    def holds(self, place: str) -> bool:
        """True where the file at that path or address lies in the folder, and in none below it."""
        import fsspec  # noqa: PLC0415 - comes with the extra

        system, path = fsspec.core.url_to_fs(place)
        ours, here = fsspec.core.url_to_fs(self.place)
        above = path.rpartition("/")[0]
        if type(system) is not type(ours) or self.remote:
            return type(system) is type(ours) and above == here.rstrip("/")
        # By what lies there, not by name: a folder may be reached through a link.
        return Path(here).exists() and Path(above).exists() and Path(above).samefile(here)

    def tidy(self) -> None:
        """Remove what workers that were lost had begun to write; at the end, when nobody writes here any more."""
        if not self.remote:
            remove_begun(Path(self.place))

    def _send(self, path: Path, name: str) -> None:
        try:
            import fsspec  # noqa: PLC0415 - comes with the extra

            system, target = fsspec.core.url_to_fs(self.path(name))
            system.put_file(str(path), target)
        except Exception as error:  # what stores raise has no class in common
            raise CoderError(f"can't write {self.path(name)}: {error}", "Check the address and the rights.") from error
