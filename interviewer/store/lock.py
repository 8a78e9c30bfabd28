"""One process a session: the operating system releases the lock even when the process is killed."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from interviewer.errors import UsageError


class SessionLock:
    """Held from construction until `release`.

    The lock's file, empty, stays in the folder for good. Unlinking it would be unsafe: a process that opened it a
    moment before locks a file that no longer has a name, the next one makes and locks a new one, and both hold the
    session.

    Raises:
        UsageError: another process holds it.
    """

    def __init__(self, folder: Path, session: str) -> None:
        import filelock

        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(folder / f"{session}.lock", thread_local=False)
            self._lock.acquire(timeout=0)
        except filelock.Timeout:
            raise UsageError(
                f"session {session} is open in another window or process; go on there, or close it first"
            ) from None
        except OSError as error:
            raise UsageError(
                f"{folder}: cannot be written ({error.strerror}); set INTERVIEWER_HOME to a folder that can"
            ) from None

    def release(self) -> None:
        """Let others have the session."""
        self._lock.release()

    def __enter__(self) -> SessionLock:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
