"""Commands run one by one, each in a process of its own: what a file does to one costs nobody else.

A server imports the libraries once and forks for each command, which takes some milliseconds where a new interpreter
takes seconds. The forked process has a limit of processor time, and its memory is measured.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

POSSIBLE = hasattr(os, "fork") and sys.platform == "linux"  # elsewhere memory is counted in other units
_ADDRESSES = 6 * 1024**3  # a process that asks for more is refused memory, so that the machine lives


@dataclass(frozen=True)
class Outcome:
    """How a command ended: exit code (negative: the signal that ended it), what it printed, what it cost.

    ``seconds`` are those of the processor, so that a busy machine changes nothing.
    """

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float

    @property
    def died(self) -> bool:
        """Whether the process was ended by a signal: an abort, or its time was over."""
        return self.code < 0


class Isolated:
    """The server; use it in a ``with`` statement."""

    def __enter__(self) -> Self:
        self._server = subprocess.Popen(
            [sys.executable, "-W", "error", __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))},
        )
        return self

    def __exit__(self, *_: object) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait()

    def command(self, *arguments: str | Path, seconds: float = 20) -> Outcome:
        """Return how ``lkjip-xl`` with these arguments ends."""
        return self._ask("command", [os.fsdecode(each) for each in arguments], seconds)

    def read(self, path: Path, seconds: float = 5) -> Outcome:
        """Return how the reader ends on a file: 0 read (and what, as JSON), 2 refused, 3 another exception."""
        return self._ask("read", [str(path)], seconds)

    def compare(self, path: Path, seconds: float = 5) -> Outcome:
        """Return how the reader ends on a file: as ``read`` does, and 4 where its cells are not those of the oracle."""
        return self._ask("compare", [str(path)], seconds)

    def _ask(self, what: str, arguments: list[str], seconds: float) -> Outcome:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps([what, arguments, seconds]) + "\n")
        self._server.stdin.flush()
        answer = self._server.stdout.readline()
        assert answer, "the server itself has died"
        return Outcome(**json.loads(answer))


def _serve() -> None:
    """Answer each line of standard input with one line."""
    import oracle
    from lkjip_xl import pipeline
    from lkjip_xl.base.errors import WorkbookError
    from lkjip_xl.check import findings_of as check
    from lkjip_xl.check import overwritten as locked
    from lkjip_xl.cli import app as cli
    from lkjip_xl.form.json_data import to_document
    from lkjip_xl.read import reader as read
    from lkjip_xl.report import text as report_text
    from lkjip_xl.template.load import load_template
    from lkjip_xl.xlsx import guard

    assert all((check, cli, locked, pipeline, read, report_text))  # imported before the forks
    import openpyxl
    import pandera.polars

    assert all((openpyxl, pandera))  # which the line imports late
    template = load_template()
    gc.collect()
    gc.freeze()  # no forked process looks through what the server holds

    def command(arguments: Sequence[str]) -> None:
        sys.argv = ["lkjip-xl", *arguments]
        cli.run()

    def read_file(arguments: Sequence[str]) -> None:
        try:
            workbook = read.read_workbook(Path(arguments[0]), template)
        except WorkbookError as error:
            sys.stderr.write(f"{error}\n")
            sys.exit(2)
        found = [(each.rule, each.sheet, each.cell) for each in workbook.findings]
        misfits = {
            workbook.placements[table].cell(column, row): str(raw)
            for (table, row, column), raw in workbook.misfits.items()
        }
        json.dump([to_document(workbook.submission, template), found, misfits], sys.stdout)

    def compare(arguments: Sequence[str]) -> None:
        path = Path(arguments[0])
        read_file(arguments)
        try:
            expected = oracle.cells(path.read_bytes())
        except oracle.MalformedError:
            return
        expected = {name: cells for name, cells in expected.items() if name not in read._APART}
        sheets = guard.sheets_of(guard.open_file(path), apart=read._APART)
        if found := next(oracle.differences(sheets, expected), None):
            sys.stderr.write(f"{found}\n")
            sys.exit(4)

    tasks = {"command": command, "read": read_file, "compare": compare}
    for line in sys.stdin:
        what, arguments, seconds = json.loads(line)
        sys.stdout.write(json.dumps(_forked(tasks[what], arguments, seconds)) + "\n")
        sys.stdout.flush()


def _forked(
    task: Callable[[Sequence[str]], None], arguments: Sequence[str], seconds: float
) -> dict[str, Any]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            _run(task, arguments, seconds, out.fileno(), err.fileno())
        _, status, usage = os.wait4(child, 0)
        spent = usage.ru_utime + usage.ru_stime
        out.seek(0)
        err.seek(0)
        return {
            "code": os.waitstatus_to_exitcode(status),
            "out": out.read().decode("utf-8", "backslashreplace"),
            "err": err.read().decode("utf-8", "backslashreplace"),
            "seconds": spent,
            "megabytes": usage.ru_maxrss / 1024,
        }


def _run(
    task: Callable[[Sequence[str]], None], arguments: Sequence[str], seconds: float, out: int, err: int
) -> None:
    """Carry out a task in a forked process, which ends here."""
    code = 3
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
        signal.signal(signal.SIGPROF, signal.SIG_DFL)  # ends the process even inside a library
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)  # for one that waits and does nothing
        signal.setitimer(signal.ITIMER_REAL, 10 * seconds)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        try:
            task(arguments)
            code = 0
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except BaseException:  # noqa: BLE001 - whatever it is, it is the outcome
            import traceback

            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
