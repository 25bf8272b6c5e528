"""Guard and reader on mutated workbooks: read, or refused in one sentence; ``make fuzz`` runs more of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fuzz import mutated, run_case, small_workbook
from isolated import Isolated

SHEETS = ("Identitas", "1.1 Pegawai", "3.1 Kinerja", "_lkjip")


def test_a_seed_gives_the_same_file_again(sample_bytes: bytes) -> None:
    assert mutated(sample_bytes, 7) == mutated(sample_bytes, 7) != mutated(sample_bytes, 8)


@pytest.fixture(scope="module")
def small(sample_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("acak") / "asal.xlsx"
    path.write_bytes(small_workbook(sample_bytes, SHEETS))
    return path


@pytest.mark.long  # as long as wanted: make fuzz
@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),  # a smaller seed is no simpler file
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_mutated_workbooks_are_read_or_refused(
    seed: int, isolated: Isolated, small: Path, tmp_path: Path
) -> None:
    assert run_case(isolated, small.read_bytes(), seed, tmp_path / "acak.xlsx") is None


def test_the_small_workbook_is_read(isolated: Isolated, small: Path) -> None:
    """Otherwise every mutation of it would be refused for what it lacks."""
    assert isolated.read(small).code == 0
