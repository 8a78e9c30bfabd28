"""The offline graders in bulk: in this process, or in several."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType

from interviewer.bulk.answers import Answer, ReferenceAnswer
from interviewer.bulk.grader import Questions
from interviewer.errors import InterviewerError
from interviewer.grade import Grade
from interviewer.grading import offline, reference


class Offline:
    """The offline graders, called one answer after the other.

    `severity` (-1 to 1) is taken from the score of answers that bring their reference: how strict people are differs
    from source to source.
    """

    def __init__(self, questions: Questions, severity: float = 0.0) -> None:
        self._questions = questions
        self._severity = severity

    def name(self, answer: Answer) -> str:
        """The grader that fits the answer; see `Grader.name`."""
        if isinstance(answer, ReferenceAnswer):
            return f"{reference.GRADER}, severity {self._severity:g}" if self._severity else reference.GRADER
        self._questions.of(answer)
        return offline.GRADER

    def grade(self, answer: Answer) -> Grade:
        """The grade of an answer that has a name."""
        if isinstance(answer, ReferenceAnswer):
            points = answer.key_points or []
            return reference.grade_reference(answer.question, answer.reference, points, answer.answer, self._severity)
        question, ask = self._questions.of(answer)
        return offline.grade(question, ask, [answer.answer])


class OfflineGrader:
    """The offline graders for the runner: in this process, or in several where `processes` is more than 1."""

    def __init__(self, offline: Offline, processes: int = 1) -> None:
        self._offline = offline
        self._pool = _start_workers(offline, processes) if processes > 1 else None

    def name(self, answer: Answer) -> str:
        """See `Grader.name`."""
        return self._offline.name(answer)

    async def grade(self, answer: Answer) -> Grade:
        """See `Grader.grade`.

        Raises:
            InterviewerError: a worker process died.
        """
        if self._pool is None:
            return self._offline.grade(answer)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, _work, answer)
        except BrokenProcessPool:
            raise InterviewerError("a worker process died; try again with a smaller --concurrency") from None

    def __enter__(self) -> OfflineGrader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


def _start_workers(offline: Offline, processes: int) -> Executor:
    """Started at once and with Ctrl-C ignored, which they inherit: it reaches them too, but the parent answers it."""
    spawn = multiprocessing.get_context("spawn")  # a forked child may inherit a lock that some thread holds
    pool = ProcessPoolExecutor(processes, spawn, _become_worker, (offline,))
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for _ in range(processes):
            pool.submit(int)
    finally:
        signal.signal(signal.SIGINT, before)
    return pool


_workers_own: Offline


def _become_worker(offline: Offline) -> None:
    """A worker does not outlive its parent: left alone it would wait for the killed one's next answer for ever."""
    global _workers_own  # noqa: PLW0603
    _workers_own = offline
    threading.Thread(target=_follow_parent, daemon=True).start()


def _follow_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(answer: Answer) -> Grade:
    return _workers_own.grade(answer)
