"""What a coordinator does with rounds, and what is said of it."""

from __future__ import annotations

import html
import re

import pytest

from portals import Opened, alert


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"ubah": "tenggat", "tenggat": "2024-02-01"}, "Tenggat dan kontak tersimpan."),
        ({"ubah": "tutup"}, "Putaran ini ditutup."),
        ({"ubah": "buka"}, "Putaran ini dibuka kembali."),
        ({"ubah": "tanpa-keputusan"}, "Berkas keputusan dihapus."),
    ],
)
def test_what_was_changed_is_said(opened: Opened, fields: dict[str, str], said: str) -> None:
    opened.open_round()
    page = opened.account().post("/papan/1/atur", None, **fields).text
    assert re.findall(r'<p class="notice good" role="status">(.*)</p>', page) == [said]


def test_a_page_says_nothing_that_its_address_makes_up(opened: Opened) -> None:
    opened.open_round()
    page = opened.account().get("/papan/1/atur?sudah=Anda+harus+masuk+lagi").text
    assert 'role="status"></p>' in page
    assert "Anda harus masuk" not in page


@pytest.mark.parametrize(
    ("name", "title"),
    [("LKjIP 2023", "LKjIP 2023"), ("LKjIP Contoh", "LKjIP Contoh tahun 2023")],
)
def test_messages_name_round_deadline_and_contact(opened: Opened, name: str, title: str) -> None:
    opened.open_round(name=name, deadline="2024-01-31")
    page = opened.account().post(f"/papan/1/opd/{opened.agency_of('1.01').id}/tautan", buat="1").text
    message, table = (
        html.unescape(each) for each in re.findall(r'<pre class="secret"[^>]*>(.*?)</pre>', page, re.DOTALL)
    )
    sentence, address = message.split("\n")
    assert sentence == (
        f"Kepada Dinas Pendidikan: kirimkan buku kerja {title} paling lambat 31 Januari 2024 lewat tautan ini. "
        "Tautan ini hanya untuk OPD Anda; jangan diteruskan. Pertanyaan: 0812."
    )
    assert table.splitlines() == [
        "kode;nama;kontak;tenggat;tautan",
        f"1.01;Dinas Pendidikan;;2024-01-31;{address}",
    ]


def test_a_registry_that_is_a_workbook_is_said_to_be_one(opened: Opened) -> None:
    coordinator = opened.account()
    coordinator.get("/papan/baru")
    answer = coordinator.post(
        "/papan/baru", [("daftar", ("opd.xlsx", b"PK\x03\x04..."))], nama="LKjIP", tahun="2024"
    )
    assert alert(answer.text) == (
        "Daftar OPD ini buku kerja Excel; di Excel: Simpan sebagai CSV UTF-8, lalu pilih CSV-nya"
    )
