"""What a stranger's file says is repeated shortly, and every sentence on the screen is ours."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from lkjip_xl.base.errors import PlaceError, WorkbookError, as_os_error, file_reason
from lkjip_xl.base.showing import one_line, printable, safe, short
from lkjip_xl.read.reader import read_workbook
from lkjip_xl.template.load import load_template
from support import rewrite_part

TEMPLATE = load_template()


def test_a_module_of_a_megabyte(sample_file: Path) -> None:
    rewrite_part(sample_file, "xl/sharedStrings.xml", b"<t>idm</t>", b"<t>%s</t>" % (b"x" * 1_000_000))
    rewrite_part(sample_file, "docProps/custom.xml", b'name="lkjip-xl"', b'name="lain"')
    with pytest.raises(WorkbookError) as refused:
        read_workbook(sample_file, TEMPLATE)
    assert str(refused.value) == f"{sample_file}: modul {'x' * 59}… tidak ada di templat ini"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dinas Ä 村", "Dinas Ä 村"),
        ("a\u202eslx", "a�slx"),
        ("a\u2066b\u2069", "a�b�"),
        ("a\u200fb", "a�b"),
        ("\x1b[31ma", "�[31ma"),
        ("a\x85b", "a�b"),
        ("a\xa0b\u3000c", "a b c"),
        ("a\nb", "a�b"),
        ("", ""),
    ],
)
def test_text_is_made_safe(text: str, shown: str) -> None:
    assert one_line(text) == shown
    assert safe(text) == (text if text == "a\nb" else shown)
    assert printable(text) == (text if text == "a\nb" else shown)
    assert short(text) == ("a b" if text in ("a\nb", "a\x85b") else shown)


def test_text_is_shortened() -> None:
    assert short("x" * 60) == "x" * 60
    assert short("x" * 61) == "x" * 59 + "…"
    assert short(" " * 10_000_000) == " …"
    assert short("a  b\n c") == "a b c"


def test_every_reason_of_the_system_is_in_our_words() -> None:
    """What has no words of ours has the system's short name, and none of its English sentence."""
    for number, name in errno.errorcode.items():
        reason = file_reason(OSError(number, os.strerror(number)))
        assert os.strerror(number) not in reason
        assert reason == f"gangguan berkas ({name})" or not re.search("[A-Z]{3}", reason)
    assert file_reason(OSError(errno.ENOSPC, "x")) == "penyimpanan penuh"
    assert file_reason(FileNotFoundError("No such file (os error 2): a")) == "berkas atau foldernya tidak ada"
    assert file_reason(OSError("something")) == "gangguan berkas"
    assert file_reason(PlaceError("ini bukan berkas")) == "gangguan berkas (ini bukan berkas)"


def test_a_library_that_does_not_tell_is_asked_about_by_writing_again(tmp_path: Path) -> None:
    told = as_os_error(RuntimeError("failed (os error 28)"), tmp_path)
    assert told.errno == errno.ENOSPC
    assert as_os_error(RuntimeError("Invalid thrift"), tmp_path).errno == errno.EIO
    assert as_os_error(RuntimeError("Invalid thrift"), tmp_path / "tak ada").errno == errno.ENOENT
