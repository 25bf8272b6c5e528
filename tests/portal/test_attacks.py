"""Texts and requests with bad intentions: each ends in a sentence, none in another place than it was for."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import lxml.html  # type: ignore[import-untyped]
import pytest

import portals
from clean import clean_document
from hostile import STRINGS, packed, unpacked
from lkjip_xl.form.json_data import from_document
from lkjip_xl.portal import rounds, submissions
from lkjip_xl.portal.history import Actor
from lkjip_xl.portal.states import State
from lkjip_xl.template.model import Template
from lkjip_xl.write.render import render
from portals import Browser, Opened, alert, listening, spoken

UNREADABLE = "Isian ini tidak dapat dibaca; kembali, muat ulang halamannya, lalu coba lagi"
GONE = "Halaman ini tidak ada, atau sudah dihapus; periksa alamatnya, atau mulai lagi dari halaman depan"
LEAKS = re.compile(r"Traceback|\.py\b|/tmp/|/usr/|sqlalchemy|psycopg|sqlite3|Error\b", re.IGNORECASE)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Opened, Browser, Browser]]:
    """A portal with a coordinator and an agency's staff, for requests that must not change anything."""
    database = "" if request.param == "sqlite" else request.getfixturevalue("postgres").new_database()
    with portals.opened(tmp_path_factory.mktemp("serangan") / "portal", database) as portal:
        portal.open_round()
        coordinator, staff = portal.account(), portal.agency("1.01")
        coordinator.get("/papan/1/atur")
        staff.upload("/kirim", b"bukan buku kerja", pengirim="Budi")
        portal.settle()
        yield portal, coordinator, staff


# -- addresses ------------------------------------------------------------------------------------------------------


NUMBERS = ["99", "0", "-1", "1.0", "1e0", "٣", "9" * 10, "9" * 20, "9" * 5000, "%00", "1%00", " 1", "null"]


@pytest.mark.parametrize(
    "path",
    [
        "/papan/{}", "/papan/{}/atur", "/papan/{}/opd.csv", "/papan/{}/berkas.zip", "/papan/{}/hasil/halaman",
        "/papan/{}/opd/1", "/papan/1/opd/{}", "/papan/1/opd/1/{}/berkas", "/papan/1/opd/1/{}/ringkasan",
        "/kirim/{}", "/kirim/{}/tanda-terima", "/kirim/{}/berkas",
    ],
)  # fmt: skip
def test_numbers_that_name_nothing_find_nothing(attacked: tuple[Opened, Browser, Browser], path: str) -> None:
    _, coordinator, staff = attacked
    browser = staff if path.startswith("/kirim") else coordinator
    answers = [browser.get(path.format(number)) for number in NUMBERS]
    assert [(each.status_code, alert(each.text)) for each in answers] == [(404, GONE)] * len(NUMBERS)


@pytest.mark.parametrize(
    "path",
    [
        "/statis/..%2f..%2fpages.py", "/statis/%2e%2e/app.py", "/statis//etc/passwd", "/statis/%2fetc%2fpasswd", "/statis/%00",
        "/statis/..%5c..%5capp.py", "/statis/", "/statis/html", "/statis/" + "a" * 5000, "/..%2f..%2fetc%2fpasswd", "/%ff", "/%00",
        "/%2e%2e/kunci", "/kunci", "/portal.sqlite", "/berkas", "/masuk/..%2f", "/papan/1/hasil/..%2f..%2fopd.csv",
        "/papan/1/hasil/konsolidasi.xlsx", "/papan/1/..%2f..%2fkunci.csv", "/papan/1/opd/1/1/..%2fberkas", "/.git/config",
        "/openapi.json", "/docs", "/server-status",
    ],
)  # fmt: skip
def test_paths_lead_nowhere(attacked: tuple[Opened, Browser, Browser], path: str) -> None:
    answer = attacked[1].client.get(path, follow_redirects=False)
    assert (answer.status_code, alert(answer.text)) == (404, GONE)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET //jahat.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET http://jahat.example/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
        b"CONNECT jahat.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /?\xff HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /?x=%ff%00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: [\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a:99999999999\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nCookie: lkjip_akun=\xff\xfe; =; ;; lkjip_opd=a b\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: a\r\nOrigin: http://[\r\nContent-Length: 0\r\n\r\n",
        b"POST /masuk HTTP/1.1\r\nHost: \r\nOrigin: null\r\nContent-Length: 0\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n\r\n",
    ],
    ids=lambda each: repr(each[:40]),
)  # fmt: skip
def test_odd_requests_end_in_an_answer_that_is_no_failure(
    listened: int,
    request_: bytes,
    capfd: pytest.CaptureFixture[str],
) -> None:
    answer = spoken(
        listened, request_.replace(b"Host: a\r\n", b"Host: a\r\nConnection: close\r\n", 1), seconds=10
    )
    status = [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3})", answer)]
    assert all(each < 500 for each in status), answer
    assert not LEAKS.search(answer.decode("latin-1").partition("\r\n\r\n")[2])
    assert spoken(listened, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert "Traceback" not in capfd.readouterr().err


@pytest.fixture(scope="module")
def listened(attacked: tuple[Opened, Browser, Browser]) -> Iterator[int]:
    with listening(attacked[0]) as port:
        yield port


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_other_methods_are_refused(attacked: tuple[Opened, Browser, Browser], method: str) -> None:
    paths = ["/", "/masuk", "/kirim", "/papan", "/papan/1", "/akun", "/statis/portal.js", "/o/x"]
    answers = [attacked[1].client.request(method, path) for path in paths]
    assert [each.status_code for each in answers] == [405] * len(paths)
    assert {one for each in answers for one in each.headers["allow"].split(", ")} <= {"GET", "HEAD", "POST"}


# -- fields ---------------------------------------------------------------------------------------------------------

FORMS = [
    ("/masuk", "nama"), ("/masuk", "sandi"), ("/masuk", "ke"), ("/akun", "nama"), ("/akun", "masuk"), ("/akun", "peran"),
    ("/akun/sandi", "lama"), ("/akun/1", "peran"), ("/papan/baru", "nama"), ("/papan/baru", "kontak"), ("/papan/1/atur", "kontak"),
    ("/papan/1/atur", "ubah"), ("/papan/1/opd/1/1/putusan", "alasan"), ("/papan/1/opd/1/1/putusan", "terlihat"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "field"), FORMS)
def test_a_field_that_is_no_text_is_refused(
    attacked: tuple[Opened, Browser, Browser], path: str, field: str
) -> None:
    answer = attacked[1].post(path, None, **{field: "a\0b"})
    assert (answer.status_code, alert(answer.text)) == (400, UNREADABLE)


@pytest.mark.parametrize(
    ("charset", "value", "status"),
    [
        ("unicode_escape", rb"\ud800", 400),
        ("raw_unicode_escape", rb"\ud800", 400),
        ("utf-7", b"+2AA-", 400),
        ("undefined", b"a", 400),
        ("idna", b"\xff", 403),
        ("utf-16", b"a", 403),
        ("zlib_codec", b"a", 403),
        ("tidak-ada", b"\xff", 403),
        ("utf-8", b"\xed\xa0\x80", 403),
    ],
)
def test_a_form_in_an_encoding_of_its_own_is_no_failure(
    attacked: tuple[Opened, Browser, Browser], charset: str, value: bytes, status: int
) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="nama"\r\n\r\n' + value + b"\r\n--x--\r\n"
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    browser = attacked[0].browser(f"198.51.100.{len(charset)}")
    answer = browser.client.post("/masuk", content=body, headers={"content-type": kind})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"tahun": "²⁰24"}, "Tahun laporan harus diisi, misalnya 2024"),
        ({"tahun": "20241"}, "Tahun laporan harus diisi, misalnya 2024"),
        ({"tenggat": "=1+1"}, "Tenggat harus tanggal TTTT-BB-HH, misalnya 2024-01-31"),
        ({"tenggat": "9999999-01-01"}, "Tenggat harus tanggal TTTT-BB-HH, misalnya 2024-01-31"),
        ({"nama": "a" * 201}, "Nama putaran harus diisi, paling banyak 200 huruf"),
        ({"nama": "a\u202eb"}, "Nama putaran harus diisi, paling banyak 200 huruf"),
        ({"daftar": b"\xff\xfek\0o\0"}, "Daftar OPD bukan CSV UTF-8; di Excel: Simpan sebagai CSV UTF-8"),
        ({"daftar": b"kode,nama\n1.01,"}, "Baris 2 tidak memuat kode dan nama"),
        ({"daftar": b"kode,nama\n1.01,A\0B\n"}, "Kode atau nama di baris 2 tidak wajar; periksa tanda petiknya"),
        ({"daftar": b"kode,nama,tenggat\n1.01,A,=1+1\n"}, "Tenggat harus tanggal TTTT-BB-HH, misalnya 2024-01-31 (OPD 1.01)"),
        ({"daftar": b"PK\3\4"}, "Daftar OPD ini buku kerja Excel; di Excel: Simpan sebagai CSV UTF-8, lalu pilih CSV-nya"),
    ],
)  # fmt: skip
def test_a_round_that_does_not_fit_is_refused_in_words(
    attacked: tuple[Opened, Browser, Browser], fields: dict[str, str | bytes], said: str
) -> None:
    given: dict[str, str | bytes] = {
        "nama": "LKjIP",
        "tahun": "2024",
        "daftar": b"kode,nama\n1.01,A\n",
        **fields,
    }
    registry = given.pop("daftar")
    assert isinstance(registry, bytes)
    answer = attacked[1].post("/papan/baru", [("daftar", ("a.csv", registry))], **given)  # type: ignore[arg-type]
    assert (answer.status_code, alert(answer.text)) == (422, said)


# -- what stands in pages and files ---------------------------------------------------------------------------------

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}${7*7}\u202e"
NAMES = [
    "../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/passwd", "C:\\a.xlsx", "..", ".", "con.xlsx", "a\r\nSet-Cookie: x=1.xlsx",
    'a".xlsx', "a\0.xlsx", f"{EVIL}.xlsx", "あ😀.xlsx", "a" * 3000 + ".xlsx", "%2e%2e%2f.xlsx", ".htaccess", "=cmd|' /C calc'!A0.xlsx",
]  # fmt: skip


def test_the_name_of_a_file_is_only_shown(attacked: tuple[Opened, Browser, Browser]) -> None:
    portal, _, staff = attacked
    data = portal.portal.settings.data
    files = [("berkas", (name, b"PK bukan buku kerja")) for name in NAMES]
    checked = portal.browser("198.51.100.200").post("/periksa", files)
    portal.settle()
    seen = staff.get(checked.url.path)
    assert (checked.status_code, seen.status_code) == (200, 200)
    page = lxml.html.fromstring(seen.text)
    assert page.xpath("//script[not(@src)] | //img | //*[@onerror]") == []
    assert not re.search("\r|\0|\u202e", seen.text)
    assert not re.search("[\r\n]", "".join(seen.headers.values()))
    kept = [each.name for each in data.rglob("*") if each.is_file() and "periksa" in each.parts]
    assert sorted(kept) == sorted(f"{number}.xlsx" for number in range(1, len(NAMES) + 1))
    assert not (data.parent / "etc").exists()


def _workbook(template: Template, name: str, code: str = "1.01") -> bytes:
    document = clean_document()
    document["tabel"]["identitas"] |= {"kode": code, "nama": "Dinas Pendidikan"}
    parts = unpacked(render(template, from_document(document, template)))
    strings = parts[STRINGS].replace(b"Dinas Pendidikan", name.encode())
    return packed({**parts, STRINGS: strings})


def test_what_a_workbook_holds_is_only_shown_and_no_header_is_made_of_it(
    opened: Opened, template: Template
) -> None:
    opened.open_round()
    coordinator, staff = opened.account(), opened.agency("1.01")
    name = "&lt;script&gt;alert(1)&lt;/script&gt;_x0000_ _xD800_ _x000D__x000A_X: 1"
    answer = staff.upload("/kirim", _workbook(template, name), name="a\r\nX: 1.xlsx", pengirim=EVIL[:40])
    assert answer.status_code == 200
    staff.upload("/kirim", _workbook(template, name), pengirim="<b>Budi</b>")
    staff.upload("/periksa", _workbook(template, name))
    opened.settle()
    with opened.portal.database.reading() as connection:
        sent = submissions.of_agency(connection, opened.agency_of("1.01"))
    assert sent[0].state in (State.WAITING, State.FAULTY)
    for browser, path in (
        (coordinator, "/papan/1/opd/1"),
        (staff, f"/kirim/{sent[0].number}"),
        (coordinator, "/papan/1"),
    ):
        page = browser.get(path)
        assert page.status_code == 200
        assert lxml.html.fromstring(page.text).xpath("//script[not(@src)] | //main//b[text()='Budi']") == []
    for what in ("berkas", "temuan", "ringkasan"):
        opened.settle()
        made = staff.client.get(f"/kirim/{sent[0].number}/{what}")
        opened.settle()
        made = staff.client.get(f"/kirim/{sent[0].number}/{what}")
        prefix = "" if what == "berkas" else f"{what}-"
        named = f'attachment; filename="{prefix}1.01-kiriman-{sent[0].number}.xlsx"'
        assert made.headers["content-disposition"] == named


def test_names_of_a_registry_are_only_shown_and_are_no_formulas(opened: Opened) -> None:
    coordinator = opened.account()
    evil = [
        ("1.01", '=HYPERLINK("http://jahat.example";"a")', "+62 812"),
        ("1.02", "Dinas;=1+1", "@SUM(1)\t=2"),
        ("1.03", "Dinas, -1+1|cmd", "=cmd|' /C calc'!A0"),
        ("1.04", "<script>alert(1)</script>", "\uff1d1+1"),
        ("1.05", "Dinas Contoh - Bidang A", "08-12"),
    ]
    table = io.StringIO()
    csv.writer(table).writerows([("kode", "nama", "kontak"), *evil])
    answer = coordinator.post(
        "/papan/baru", [("daftar", ("=1.csv", table.getvalue().encode()))], nama="<i>LKjIP</i>", tahun="2024"
    )
    page = lxml.html.fromstring(answer.text)
    assert page.xpath("//script[not(@src)] | //main//i") == []
    shown = page.get_element_by_id("csv").text_content()
    for separator in ",;\t|":
        cells = [cell.strip() for row in csv.reader(io.StringIO(shown), delimiter=separator) for cell in row]
        assert [cell for cell in cells if cell[:1] and cell[0] in "=+-@\uff1d\uff0b\uff0d\uff20\t\r"] == []
    assert [row[1] for row in csv.reader(io.StringIO(shown), delimiter=";") if row][
        5
    ] == "Dinas Contoh - Bidang A"
    for path in ("/papan", "/papan/1", "/papan/1/atur", "/papan/1/opd/4"):
        page = lxml.html.fromstring(coordinator.get(path).text)
        assert page.xpath("//script[not(@src)] | //main//i") == []


def test_a_sender_and_a_reason_are_only_shown(opened: Opened) -> None:
    opened.open_round()
    reviewer, staff = opened.account(), opened.agency("1.01")
    staff.upload("/kirim", b"PK", pengirim="<script>alert(1)</script>\r\nX: 1")
    opened.settle()
    reviewer.get("/papan/1/opd/1")
    reviewer.post(
        "/papan/1/opd/1/1/putusan",
        putusan="dikembalikan",
        terlihat="bergalat",
        alasan=EVIL + "\r\n" + "x" * 1000,
    )
    for browser, path in (
        (reviewer, "/papan/1/opd/1"),
        (staff, "/kirim/1"),
        (staff, "/kirim"),
        (staff, "/kirim/1/tanda-terima"),
    ):
        page = lxml.html.fromstring(browser.get(path).text)
        assert page.xpath("//script[not(@src)] | //img | //*[@onerror]") == []
    assert "49" not in staff.get("/kirim/1").text.partition("alert(1)")[2][:200]


@pytest.mark.parametrize("code", ["1.01/../../x", "1.01\r\nX", "..", "=1", "1.01;rm", "A" * 50])
def test_a_code_makes_no_path(opened: Opened, code: str) -> None:
    answer = opened.account().post(
        "/papan/baru",
        [("daftar", ("a.csv", f'kode,nama\n"{code}",Dinas\n'.encode()))],
        nama="LKjIP",
        tahun="2024",
    )
    with opened.portal.database.reading() as connection:
        made = rounds.all_rounds(connection)
    assert (answer.status_code, len(made)) == (422, 0)


def test_a_zip_of_all_files_holds_no_name_from_outside(opened: Opened) -> None:
    opened.open_round()
    coordinator, staff = opened.account(), opened.agency("1.01")
    staff.upload("/kirim", b"PK", name="../../evil.xlsx", pengirim="Budi")
    opened.settle()
    with zipfile.ZipFile(io.BytesIO(coordinator.client.get("/papan/1/berkas.zip").content)) as archive:
        assert archive.namelist() == ["opd.csv", "kiriman/1.01-1-kiriman-1.xlsx"]


def test_what_is_no_text_is_kept_as_text(opened: Opened) -> None:
    """PostgreSQL takes no NUL and SQLite no half character: reading would begin anew for ever, and nobody else's be read."""
    opened.open_round()
    with opened.portal.database.writing() as connection:
        rounds.change_round(
            connection,
            rounds.all_rounds(connection)[0],
            deadline="",
            contact="a\0b\ud800c",
            actor=Actor("uji"),
        )
    with opened.portal.database.reading() as connection:
        assert rounds.all_rounds(connection)[0].contact == "a\ufffdb\ufffdc"
