"""Those who do the work that waits: threads, each with a process that reads the files of strangers."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

from lkjip_xl.base.errors import LkjipError
from lkjip_xl.base.findings import Status
from lkjip_xl.base.isolated import DiedError, Isolated, StoppedError
from lkjip_xl.consolidation.reader import DIED, FILE_SECONDS, STAYED
from lkjip_xl.formula.pattern import Pattern
from lkjip_xl.portal import jobs, places, rounds, sessions, submissions, uploads, works
from lkjip_xl.portal.database import AWAY, Database
from lkjip_xl.portal.jobs import Job, Kind
from lkjip_xl.portal.settings import Settings
from lkjip_xl.portal.vault import Vault
from lkjip_xl.portal.works import Examined

_REST = 5  # seconds: where nothing is asked for, and after what may be the machine's doing
_TIMES = 3  # that something is tried
_UNDONE = "berkas ini tidak dapat diolah; buka di Excel lalu simpan ulang"
_HOUSEKEEPING = 60
_LOG = logging.getLogger("lkjip_xl.portal")


def work(function: Callable[..., Any], *arguments: Any) -> Any:
    """Do what a process is asked for; the last argument is what it tells its steps."""
    return function(*arguments)


class Workers:
    """Threads that do what waits in the database, the first that came first."""

    def __init__(self, database: Database, vault: Vault, settings: Settings, codes: Pattern) -> None:
        self._database, self._vault, self._settings, self._codes = database, vault, settings, codes
        self._asked = threading.Condition()
        self._busy: set[int] = set()
        self._laying = threading.Lock()
        self._changed: set[int] = set()
        self._failures: Counter[int] = Counter()
        self._stopping = False
        self._processes = [Isolated[Any](work, FILE_SECONDS) for _ in range(settings.readers)]
        self._threads = [
            *(threading.Thread(target=self._serve, args=(each,), daemon=True) for each in self._processes),
            threading.Thread(target=self._keep_house, daemon=True),
        ]

    def start(self) -> None:
        """Begin; the folders of rounds are laid out, as what ended the portal may have come before that."""
        with self._database.reading() as connection:
            known = [each.id for each in rounds.all_rounds(connection)]
        for each in known:
            self.lay_out(each)
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Say that there may be something to do."""
        with self._asked:
            self._asked.notify_all()

    def stop(self) -> None:
        """End; what is being done is done anew at the next start."""
        with self._asked:
            self._stopping = True
            self._asked.notify_all()
        for process in self._processes:
            process.stop()
        for thread in self._threads:
            thread.join()

    def _serve(self, process: Isolated[Any]) -> None:
        with process:
            while not self._stopping:
                job = None
                try:
                    job = self._next()
                    if job is not None:
                        self._do(job, process)
                except StoppedError:
                    return
                except AWAY:
                    _LOG.warning("antrean menunggu basis data")
                    self._wait()
                except Exception as error:  # noqa: BLE001 - the others are served all the same
                    _LOG.exception("antrean terganggu; dicoba lagi")
                    self._failed(job, error)
                finally:
                    with self._asked:
                        self._busy.discard(job.id if job else 0)

    def _next(self) -> Job | None:
        """Return what is to be done next, when there is something or after a while."""
        with self._asked:
            with self._database.reading() as connection:
                job = jobs.next_(connection, self._busy)
            if job is None:
                if not self._stopping:
                    self._asked.wait(_REST)
                return None
            self._busy.add(job.id)
            return job

    def _failed(self, job: Job | None, error: Exception) -> None:
        """Give up work that fails again and again for no reason that is known, so that what waits behind it is done."""
        self._wait()
        if job is None or isinstance(
            error, DiedError
        ):  # a reader that cannot even begin is the machine's doing
            return
        self._failures[job.id] += 1
        if self._failures[job.id] >= _TIMES:
            with contextlib.suppress(Exception), self._database.writing() as connection:
                if job.kind is Kind.READ:
                    submissions.read(connection, job.subject, _unread(_UNDONE))
                jobs.finish(connection, job.id, _UNDONE)

    def _wait(self) -> None:
        with self._asked:
            if not self._stopping:
                self._asked.wait(_REST)

    def _do(self, job: Job, process: Isolated[Any]) -> None:
        """Do one piece of work, and keep in one transaction what has come of it."""
        if job.kind is Kind.READ:
            self._read(job, process)
            return
        problem = ""
        try:
            self._make(job, process)
        except DiedError as death:
            problem = STAYED if death.late else DIED
        except LkjipError as error:
            problem = error.reason
        except OSError as error:
            problem = f"berkasnya tidak dapat ditulis ({type(error).__name__})"
            _LOG.warning("pekerjaan %s: %s", job.id, problem)
        with self._database.writing() as connection:
            jobs.finish(connection, job.id, problem)

    def _read(self, job: Job, process: Isolated[Any]) -> None:
        with self._database.reading() as connection:
            upload = uploads.find(connection, job.subject)
            expected = submissions.expected_of(connection, job.subject)
        source = places.source(self._vault, self._settings, upload)
        try:
            examined = _twice(process, works.examine, source, expected)
        except DiedError as death:
            if death.at is None:  # not the file's doing
                raise
            examined = _unread(STAYED if death.late else DIED)
        except LkjipError as error:
            examined = _unread(error.reason)
        with self._database.writing() as connection:
            round_id = submissions.read(connection, job.subject, examined)
            jobs.finish(connection, job.id)
        if round_id is not None:
            self.lay_out(round_id)

    def _make(self, job: Job, process: Isolated[Any]) -> None:
        """Have a file made, or a round put together, whose folder stays as it is meanwhile."""
        with self._laying if job.kind is Kind.TOGETHER else contextlib.nullcontext():
            with self._database.reading() as connection:
                making = places.making(connection, self._vault, self._settings, job, self._codes)
            making.target.parent.mkdir(parents=True, exist_ok=True)
            _twice(process, making.function, making.argument, making.target)
        if job.kind is Kind.TOGETHER:
            self._lay_out_changed()

    def lay_out(self, round_id: int) -> None:
        """Have the folder of a round follow the database; where one is being put together, after that."""
        with self._asked:
            self._changed.add(round_id)
        self._lay_out_changed()

    def _lay_out_changed(self) -> None:
        while self._changed and self._laying.acquire(blocking=False):
            with self._asked:
                changed, self._changed = self._changed, set()
            try:
                with self._database.reading() as connection:
                    for each in filter(None, (rounds.find_round(connection, id_) for id_ in changed)):
                        places.lay_out(connection, self._vault, each, self._codes)
            except Exception:  # noqa: BLE001 - what was to be noted is, and the folder follows when it can
                _LOG.exception("folder putaran terganggu; dicoba lagi")
                with self._asked:
                    self._changed |= changed
                return
            finally:
                self._laying.release()

    def _keep_house(self) -> None:
        """Clear away what is over, and do what could not be done before, once a minute."""
        while not self._stopping:
            with contextlib.suppress(StoppedError):
                try:
                    uploads.clear_checks(self._database, self._vault, self._settings)
                    with self._database.writing() as connection:
                        sessions.clear(connection)
                    self._lay_out_changed()
                except AWAY:
                    _LOG.warning("pembersihan menunggu basis data")
                except Exception:  # noqa: BLE001 - as above
                    _LOG.exception("pembersihan terganggu; dicoba lagi")
            until = time.monotonic() + _HOUSEKEEPING
            with self._asked:
                while not self._stopping and time.monotonic() < until:
                    self._asked.wait(until - time.monotonic())


def _twice(process: Isolated[Any], *arguments: Any) -> Any:
    """Ask a process, and where it dies another one once more: the file may only have been near."""
    try:
        return process.ask(*arguments)
    except DiedError:
        return process.ask(*arguments)


def _unread(reason: str) -> Examined:
    """Return what is found in a file that cannot be read."""
    return Examined(Status.UNREADABLE, "", "", None, reason, "", reason)
