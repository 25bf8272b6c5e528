"""CPU seconds of the tests by file, of this process and of those that it starts: ``pytest -p cpu``, with xdist or without."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest

_SPENT: dict[str, float] = defaultdict(float)


def _now() -> float:
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    item.user_properties.append(("cpu", _now()))
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[Any]:
    if call.when == "teardown":
        (started,) = (value for name, value in item.user_properties if name == "cpu")
        item.user_properties[:] = [("cpu spent", _now() - float(str(started)))]
    return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    for name, value in report.user_properties:
        if name == "cpu spent":
            _SPENT[report.nodeid.partition("::")[0]] += float(str(value))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.section("CPU seconds")
    for file, seconds in sorted(_SPENT.items(), key=lambda each: -each[1]):
        terminalreporter.write_line(f"{seconds:8.1f} {file}")
    terminalreporter.write_line(f"{sum(_SPENT.values()):8.1f} in all")
