"""The one thread that has the project open, and the line in which decisions wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotInTime
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from coder.domain.errors import ProjectBusyError
from coder.workflow.project import open_project
from coder.workflow.session import Session, begin

T = TypeVar("T")

_PAUSE = 0.3  # seconds between two tries while another program holds the file


class Desk:
    """Where the session lies. Every call on it runs on the desk's own thread, one after the other, in order.

    Where another program holds the project the call is kept and tried again until it succeeds; `on_busy` is told
    when that begins and when it is over. Any other error reaches the caller.
    """

    def __init__(self, open_session: Callable[[], Session], *, pause: float = _PAUSE) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._pause = pause
        self._turn = asyncio.Lock()
        self._closed = False
        self.waiting = 0
        self.on_busy: Callable[[bool], None] = lambda _: None
        try:
            self._session = self._thread.submit(open_session).result()
        except BaseException:
            self._thread.shutdown(wait=False)
            raise

    @classmethod
    def open(cls, path: Path, *, round_key: str | None, question: str | None, analyst: str) -> Desk:
        """The desk with the project in a file. Raises CoderError where there is none to open."""

        def opened() -> Session:
            project = open_project(path)
            try:
                return begin(project, round_key=round_key, question=question, analyst=analyst)
            except BaseException:
                project.close()
                raise

        return cls(opened)

    async def do(self, job: Callable[[Session], T]) -> T:
        """Have a job done with the session, after all that were asked for before it."""
        self.waiting += 1
        try:
            async with self._turn:
                return await self._until_free(job)
        finally:
            self.waiting -= 1

    async def _until_free(self, job: Callable[[Session], T]) -> T:
        busy = False
        try:
            while True:
                try:
                    return await asyncio.get_running_loop().run_in_executor(self._thread, job, self._session)
                except ProjectBusyError:
                    if not busy:
                        busy = True
                        self.on_busy(True)
                    await asyncio.sleep(self._pause)
        finally:
            if busy:
                self.on_busy(False)

    def glance(self, job: Callable[[Session], T]) -> T:
        """The result of a job before the screen is up, when waiting harms nobody."""
        return self._thread.submit(job, self._session).result()

    def close(self, patience: float = 5.0) -> None:
        """Close the project. Every decision that was shown as saved is on disk already."""
        if self._closed:
            return
        self._closed = True
        with suppress(NotInTime):  # a thread held by a dead share; the journal keeps the file whole without us
            self._thread.submit(self._session.project.close).result(patience)
        self._thread.shutdown(wait=False, cancel_futures=True)
