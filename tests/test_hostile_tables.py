"""Projects whose tables are odd, damaged or meant to do harm: everything is a finding with its place, nothing more."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pytest

from digest import check, generate_digest
from digest.errors import DataError, UsageError
from tests.data.projects import small_project, tidy
from tests.data.sources.test_workbooks_hostile import HOSTILE
from tests.data.sources.zipped_workbooks import cells, sheet_of

if TYPE_CHECKING:
    from digest.findings import Finding

ROWS: Final = tidy().splitlines()
HEAD: Final = ROWS[0].split(",")
OBJECTS: Final = json.dumps([dict(zip(HEAD, row.split(","), strict=True)) for row in ROWS[1:]], ensure_ascii=False)


class Odd(NamedTuple):
    """A table of single numbers that is odd: what is told of it, how gravely, at which place in the file."""

    data: bytes
    code: str
    severity: str
    where: str
    suffix: str = ".csv"


def text(before: str, after: str, **other: Any) -> bytes:  # noqa: ANN401  the arguments of `encode`
    """The table with something put in place of something."""
    assert before in tidy()
    return tidy().replace(before, after).encode(**other)


def objects(number: str, *, key: str = "") -> bytes:
    """The same as JSON with another first number."""
    assert '"4008"' in OBJECTS
    return OBJECTS.replace('"4008"', number + key).encode()


def workbook(name: str) -> Odd:
    """A workbook that would bring a reader down, from those that the reader itself is tried with."""
    make, code, _ = HOSTILE[name]
    told = {"46 a picture": "D220", "46 a document": "D220"}.get(name, code)
    where = {"40 a far cell": "XFD1048576"}.get(name, "")
    return Odd(make(), told, "error", where, ".xlsx")


def filled(value: bytes) -> bytes:
    """A workbook of the head and two rows, of which the first has that cell for a number."""
    rows = (HEAD, ROWS[1].split(",")[:3], ROWS[2].split(","))
    written = [
        "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t>{name}</t></is></c>'
            for letter, name in zip("ABCD", row, strict=False)
        ).encode()
        for number, row in enumerate(rows, 1)
    ]
    written[1] += value
    return cells(b"".join(b'<row r="%d">%s</row>' % row for row in enumerate(written, 1)))


ODD: Final = {
    **{
        name: workbook(name)
        for name in (
            "39 tightly packed", "39 a directory that lies", "40 a far cell", "41 chains of sectors that lie",
            "42 entities", "44 parts", "45 a password", "46 a picture", "46 a document", "47 half",
            "47 flipped bytes", "48 no sheet",
        )
    },
    "22 a cell of megabytes": Odd(text("4008", f'"{"9," * 10**6}"'), "D125", "error", "第2行"),
    "46 a database": Odd(b"SQLite format 3\0" + bytes(4096), "D220", "error", ""),
    "57 two encodings": Odd(
        "\n".join(ROWS[:3]).encode() + "\n".join(["", *ROWS[3:]]).encode("gb18030"), "D122", "error", "第4行"
    ),
    "58 a row too long": Odd(text(",4008", ",4008,9"), "D267", "warning", "第2行 › 第5列"),
    "59 a quote that never ends": Odd(text("济南,2026年8月", '"济南,2026年8月'), "D125", "error", "第2行"),
    "59 NUL": Odd(text("4008", "40\x0008"), "D124", "warning", "第2行 › 第4列"),
    "60 nothing": Odd(b"", "D120", "error", ""),
    "60 a mark alone": Odd(b"\xef\xbb\xbf", "D120", "error", ""),
    "60 a head alone": Odd(ROWS[0].encode(), "D250", "error", "第1行"),
    "61 beyond all numbers": Odd(text("4008", "1e400"), "D150", "warning", "第2行 › 数值"),
    "61 no number": Odd(text("4008", "nan"), "D150", "warning", "第2行 › 数值"),
    "61 another unit": Odd(text("4008", "4.1亿元"), "D154", "warning", "第2行 › 数值"),
    "61 a command": Odd(text("4008", "=cmd|' /C calc'!A0"), "D150", "warning", "第2行 › 数值"),
    "62 NaN": Odd(objects("NaN"), "D224", "error", "第1行第51列", ".json"),
    "62 a key twice": Odd(objects('"1"', key=', "数值": "2"'), "D225", "error", "第1行第56列", ".json"),
    "62 too deep": Odd(b"[" * 100_000, "D227", "error", "第1行第101列", ".json"),
    "62 five thousand digits": Odd(objects("9" * 5_000), "D224", "error", "第1行第51列", ".json"),
    "62 half a character": Odd(OBJECTS.replace("济南", r"\ud800", 1).encode(), "D224", "error", "第1行第8列", ".json"),
    "63 YAML": Odd(b'!!python/object/apply:os.system ["touch harmed"]', "D250", "error", "第1行", ".yaml"),
    "50 an error in a cell": Odd(filled(b'<c r="D2" t="e"><v>#DIV/0!</v></c>'), "D134", "warning", "D2", ".xlsx"),
    "51 a formula nobody computed": Odd(filled(b'<c r="D2"><f>1+1</f></c>'), "D135", "warning", "D2", ".xlsx"),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_project(tmp_path / "项目")


def change(folder: Path, before: str, after: str) -> None:
    """Change the project file; what is changed must be there."""
    project = folder / "digest.toml"
    text = project.read_text(encoding="utf-8")
    assert before in text
    project.write_text(text.replace(before, after), encoding="utf-8")


def everything(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def seen(folder: Path) -> tuple[Finding, ...]:
    """All that a check tells; what cannot be checked is not built either, and nothing was written anywhere."""
    before = everything(folder.parent)
    checked = check(folder)
    if not checked.ok:
        with pytest.raises(DataError) as raised:
            generate_digest(folder, folder.parent / "out.pdf")
        assert raised.value.findings == checked.findings
    assert everything(folder.parent) == before
    return checked.findings


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_what_is_wrong_with_a_table_is_told_with_its_place(odd: Odd, folder: Path) -> None:
    (folder / "数据" / "明细.csv").unlink()
    name = f"数据/明细{odd.suffix}"
    (folder / name).write_bytes(odd.data)
    change(folder, "数据/明细.csv", name)
    told = [one for one in seen(folder) if one.place and one.place.file == name and one.severity != "note"]
    assert (odd.code, odd.severity, odd.where) in [
        (one.code, one.severity, one.place.cell) for one in told if one.place
    ], [str(one) for one in told]
    assert [one.code for one in told if one.severity == "error"] == [odd.code] * (odd.severity == "error")
    cells = [one.place for one in told if one.severity == "warning"]
    assert len(cells) == len(set(cells))  # a cell is told of once


@pytest.mark.parametrize("written", ["1e400", "nan", "=1+1", "NA", "", "４００八", "0x10", "1,00,0"])
def test_what_is_no_number_is_missing_and_never_nought(written: str, folder: Path) -> None:
    table = folder / "数据" / "明细.csv"
    table.write_bytes(text("济南,2026年10月,服务群众,4010", f'济南,2026年10月,服务群众,"{written}"'))
    change(folder, '"zyfw.people"]', '"zyfw.people@济南", "zyfw.people@青岛"]')
    facts = {fact.id: fact for fact in check(folder).facts}
    assert str(facts["zyfw.people@青岛"].quantity) == "3010人次"
    assert str(facts["zyfw.people@济南"].quantity) == "—"
    assert facts["zyfw.people@济南"].missing


def test_digits_of_any_width_and_leading_noughts_are_the_number(folder: Path) -> None:
    change(folder, '"zyfw.people"]', '"zyfw.people@济南", "zyfw.people@青岛"]')
    table = folder / "数据" / "明细.csv"
    table.write_bytes(
        text("服务群众,4010", "服务群众,４０１０").replace("服务群众,3010".encode(), "服务群众,003010".encode())
    )
    amounts = {fact.id: fact.quantity.amount for fact in check(folder).facts if "@" in fact.id}
    assert [int(amounts[f"zyfw.people@{city}"]) for city in ("济南", "青岛")] == [4010, 3010]


# --- files that are not the project's -------------------------------------------------------------------

NAMED: Final = {
    "table": ('file = "数据/明细.csv"', 'file = "{}"', "D295"),
    "query": ('file = "数据/明细.csv"', 'query = "{}"\nconnection = "库"', "D109"),
    "template": ('text = "截至', 'template = "{}"\nnote = "截至', "D109"),
    "facts": ('since = "2026-08"', 'since = "2026-08"\nfacts = "{}"', "D109"),
    "ledger": (
        "[[section]]",
        '[[ledger]]\nid = "tz"\nprogram = "zyfw"\ntitle = "台账"\nfile = "{}"\n\n[[section]]',
        "D109",
    ),
}
OUTSIDE: Final = (
    "/etc/passwd",
    "../../etc/passwd",
    "../外面.csv",
    "数据/../../外面.csv",
    "数据/链接.csv",
    "夹/外面.csv",
)


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("named", NAMED)
def test_what_a_project_names_stands_inside_its_folder(named: str, outside: str, folder: Path) -> None:
    before, after, code = NAMED[named]
    secret = folder.parent / "外面.csv"
    secret.write_text("市,月份,指标,数值\n机密,机密,机密,机密\n", encoding="utf-8")
    (folder / "数据" / "链接.csv").symlink_to(secret)
    (folder / "夹").symlink_to(folder.parent, target_is_directory=True)
    change(folder, before, after.format(outside))
    told = [one for one in seen(folder) if one.severity == "error" and outside in one.message]
    assert [one.code for one in told] == [code]
    assert "不在项目文件夹内" in told[0].message
    assert not any("机密" in str(one) or "root:" in str(one) for one in seen(folder))


def test_a_query_only_asks(folder: Path) -> None:
    import sqlite3

    change(folder, 'file = "数据/明细.csv"', 'query = "问.sql"\nconnection = "库"')
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (市, 月份, 指标, 数值)")
    connection.execute("INSERT INTO t VALUES ('济南', '2026-10', '服务群众', 1)")
    for harm in ("DELETE FROM t", "SELECT 1; DROP TABLE t", "ATTACH 'x.db' AS x", "PRAGMA writable_schema = 1"):
        (folder / "问.sql").write_text(harm, encoding="utf-8")
        findings = check(folder, connections={"库": connection}).findings
        assert [one.place.file for one in findings if one.severity == "error" and one.place] == ["问.sql"], harm
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize(
    "harm",
    [
        "{{ ''.__class__ }}",
        "{{ cycler.__init__.__globals__.os.system('touch harmed') }}",
        "{{ 'A' * 300000000 }}",
        "{% include '/etc/passwd' %}",
        "{{ self._TemplateReference__context }}",
        "{% for a in range(10**9) %}a{% endfor %}",
    ],
)
def test_a_template_only_fills_in(harm: str, folder: Path) -> None:
    pytest.importorskip("jinja2")
    (folder / "话.txt").write_text(harm, encoding="utf-8")
    change(folder, 'text = "截至', 'template = "话.txt"\nnote = "截至')
    errors = [one for one in seen(folder) if one.severity == "error"]
    assert errors
    assert {one.place.file for one in errors if one.place} == {"话.txt"}


# --- an office at work ----------------------------------------------------------------------------------


def test_a_workbook_that_somebody_has_open_is_read_and_its_lock_file_passed_over(folder: Path) -> None:
    pairs = [row.split(",") for row in ROWS]
    values: dict[str, object] = {
        f"{'ABCD'[column]}{row}": int(cell) if cell.isdecimal() else cell
        for row, line in enumerate(pairs, 1)
        for column, cell in enumerate(line)
    }
    (folder / "数据" / "明细.xlsx").write_bytes(sheet_of(values))
    (folder / "数据" / "~$明细.xlsx").write_bytes(b"\x05office" + bytes(158))
    plain = check(folder)
    change(folder, "明细.csv", "明细.xlsx")
    opened = check(folder)
    assert opened.ok
    assert [str(fact.quantity) for fact in opened.facts] == [str(fact.quantity) for fact in plain.facts]
    change(folder, "明细.xlsx", "~$明细.xlsx")
    assert not check(folder).ok


@pytest.mark.parametrize("name", ["数据/2026-10.csv", "数据/2026-08.csv", "数据/明细.csv"])
def test_a_table_that_may_not_be_read_is_told(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def locked(self: Path, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401  those of `open`
        if self == folder / name:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", locked)
    (told,) = (one for one in check(folder).findings if one.code == "D109")
    assert (told.place and told.place.file, told.message) == (name, "文件不能读取（Permission denied）")
    assert told.severity == ("warning" if "08" in name else "error")


def test_a_workbook_in_place_of_a_project_and_a_folder_without_one_are_told(tmp_path: Path) -> None:
    book = tmp_path / "月报.xlsx"
    book.write_bytes(sheet_of({"A1": "市"}))
    for source, code in ((book, "U101"), (tmp_path / "没有", "U101"), (tmp_path, "U102")):
        with pytest.raises(UsageError) as raised:
            check(source)
        assert raised.value.code == code


@pytest.mark.parametrize(
    ("module", "moment"),
    [
        ("digest.data.sources.opened", "Sources.read"),
        ("digest.data.gather", "recognise"),
        ("digest.data.load", "_told"),
    ],
)
def test_interrupted_while_tables_are_read_nothing_and_nobody_is_left(module: str, moment: str, folder: Path) -> None:
    script = (
        f"import os, signal, sys, {module}\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a background job
        f"{module}.{moment} = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
        "from digest.__main__ import main\n"
        f"sys.exit(main(['build', {os.fspath(folder)!r}, '-o', 'a.pdf']))\n"
    )
    before = everything(folder.parent)
    process = subprocess.Popen(
        [sys.executable, "-B", "-c", script],
        cwd=folder.parent,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _, said = process.communicate(timeout=120)
    assert (process.returncode, "Traceback" in said) == (130, False), said
    with pytest.raises(ProcessLookupError):  # nobody of its session is there any more
        os.killpg(process.pid, signal.SIGCONT)
    assert everything(folder.parent) == before
