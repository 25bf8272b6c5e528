"""What a coordinator does with rounds, and what is said of it."""

from __future__ import annotations

import html
import io
import re

import openpyxl
import pytest

from portals import REGISTRY, Opened, alert


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


def test_a_blank_workbook_says_the_deadline_of_today(opened: Opened) -> None:
    opened.open_round(deadline="2024-01-31")
    coordinator, staff = opened.account(), opened.agency("1.01")
    texts = []
    for deadline in ("2024-01-31", "2027-03-01"):
        coordinator.get("/papan/1/atur")
        coordinator.post("/papan/1/atur", None, ubah="tenggat", tenggat=deadline, kontak="0812")
        answer = staff.get("/kirim/kosong")
        opened.settle()
        if "html" in answer.headers["content-type"]:  # it has taken a while
            answer = staff.get("/kirim/kosong")
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        texts.append(
            str([cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value])
        )
    said = ("31 Januari 2024", "1 Maret 2027")
    assert [[each in text for each in said] for text in texts] == [[True, False], [False, True]]


def test_a_round_is_opened_once(opened: Opened) -> None:
    opened.open_round(name="LKjIP")
    coordinator = opened.account()
    coordinator.get("/papan/baru")
    said = []
    for year in ("2023", "2024"):
        files = [("daftar", ("a.csv", REGISTRY.encode()))]
        said.append(alert(coordinator.post("/papan/baru", files, nama=" LKjIP ", tahun=year).text))
    assert said == ["Putaran LKjIP tahun 2023 sudah ada; pakai yang itu, atau pilih nama lain", ""]


def test_a_deadline_that_is_over_is_said_to_be(opened: Opened) -> None:
    coordinator = opened.account()
    for number, (deadline, said) in enumerate((("2024-01-31", True), ("2999-01-31", False)), start=1):
        coordinator.get("/papan/baru")
        files = [("daftar", ("a.csv", REGISTRY.encode()))]
        page = coordinator.post(
            "/papan/baru", files, nama=f"LKjIP {number}", tahun="2023", tenggat=deadline
        ).text
        assert ("Tenggat di pesan-pesan ini sudah lewat" in page) == said
        assert ("Tenggat ini sudah lewat" in coordinator.get(f"/papan/{number}/atur").text) == said


def test_an_agency_without_a_link_is_seen(opened: Opened) -> None:
    opened.open_round()
    coordinator = opened.account()
    assert "Tautan OPD ini dibuat " in coordinator.get("/papan/1/opd/1").text
    coordinator.post("/papan/1/opd/1/tautan", cabut="1")
    said = "OPD ini tidak punya tautan yang berlaku, jadi tidak dapat mengirim."
    assert [said in coordinator.get(f"/papan/1/opd/{each}").text for each in (1, 2)] == [True, False]


def test_the_history_of_a_round_names_whose_it_is(opened: Opened) -> None:
    opened.open_round()
    coordinator = opened.account()
    opened.agency("1.02").upload("/kirim", b"%PDF", pengirim="Ani")
    opened.settle()
    told = re.findall(r"</time> · (.*?)(?:: <span|</p>)", coordinator.get("/papan/1/atur").text)
    assert told == [
        "Dinas Kesehatan: sistem memeriksa kiriman 1",
        "Dinas Kesehatan: Ani mengirim kiriman 1",
        "uji membuat tautan untuk 3 OPD",
        "uji membuka putaran dengan 3 OPD",
    ]
