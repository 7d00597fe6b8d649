"""Files become a book: which are read, what they say, and what is told where they are wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.data.derived import derive
from digest.data.load import load
from digest.data.model import Digest, Fact
from digest.errors import DataError, UsageError
from tests.data.projects import CITIES, DIGEST_TOML, small_project, tidy, wide

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.book import Book
    from digest.findings import Finding


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_project(tmp_path / "项目")


def put(folder: Path, name: str, *changes: tuple[str, str]) -> None:
    """Change what stands in a file; every change must find its place."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


def book_of(digest: Digest) -> Book:
    assert digest.book is not None
    return digest.book


def told(book: Book, key: str) -> str:
    """Quantity, or the code of why there is none."""
    answer = derive(book, key)
    return str(answer.quantity) if isinstance(answer, Fact) else answer.code


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.severity} {finding.code}" for finding in findings]


def faults(folder: Path) -> list[str]:
    """All that is told of a project, whether or not it can be read."""
    try:
        return codes(load(folder).findings)
    except DataError as error:
        return codes(error.findings)


@pytest.mark.parametrize(
    ("expected", "key"),
    [
        ("420个", "slgj.villages@济南"),
        ("1080个", "slgj.villages"),
        ("1040个", "slgj.villages:2026-09"),
        ("3.8%", "slgj.villages.mom"),
        ("D283", "slgj.villages.yoy"),
        ("10001.0万元", "slgj.funds@济南"),
        ("1000.5万元", "slgj.funds@济南.alone"),
        ("34001.0万元", "slgj.funds"),
        ("第1位", "slgj.funds@济南.rank"),
        ("38.9%", "slgj.villages@济南.share"),
        ("4010人次", "zyfw.people@济南"),
        ("10040人次", "zyfw.people"),
        ("4人次", "zyfw.people.mom_amount"),
    ],
)
def test_three_months_of_tables_and_one_of_single_numbers_are_one_book(folder: Path, expected: str, key: str) -> None:
    assert told(book_of(load(folder)), key) == expected


def test_every_number_says_where_it_stands(folder: Path) -> None:
    book = book_of(load(folder))
    wide_one, tidy_one = book.at("slgj.funds", "济南"), book.at("zyfw.people", "青岛")
    assert wide_one is not None
    assert tidy_one is not None
    assert (wide_one.table, wide_one.at) == ("双联共建月报", "济南 › 累计投入资金（万元）")
    assert str(wide_one.place) == "数据/2026-10.csv › 第3行 › 累计投入资金（万元）"
    assert (tidy_one.table, tidy_one.at) == ("志愿服务明细", "青岛 › 服务群众")
    assert str(tidy_one.place) == "数据/明细.csv › 第7行 › 数值"


def test_an_old_digest_made_again_says_what_it_said(folder: Path) -> None:
    before = book_of(load(folder, "2026-09"))
    put(folder, "数据/2026-10.csv", ("420", "999"))
    again = book_of(load(folder, "2026-09"))
    assert before == again
    assert all(period.month <= 9 for _, _, period, _ in again.observations)
    assert told(again, "zyfw.people@济南") == "4009人次"


def test_a_table_as_it_should_be_has_nothing_told_of_it(folder: Path) -> None:
    put(folder, "digest.toml", ("，{slgj.villages.yoy}", ""))
    assert faults(folder) == []


@pytest.mark.parametrize(
    ("expected", "name", "before", "after"),
    [
        ("warning D150", "数据/2026-10.csv", "420", "大约都有"),
        ("warning D152", "数据/2026-10.csv", "420", "42O"),
        ("warning D154", "数据/2026-10.csv", "420", "420户"),
        ("warning D305", "数据/2026-10.csv", "420", "95/196"),
        ("warning D303", "数据/2026-10.csv", "联建村（个）", "联建村（户）"),
        ("note D298", "数据/2026-10.csv", "联建村（个）", "党员数（个）"),
        ("error D306", "数据/2026-10.csv", "2026年10月双联", "2026年9月双联"),
        ("warning D263", "数据/2026-10.csv", '枣庄,120,"7000"\n', ""),
        ("warning D260", "数据/2026-10.csv", "枣庄", "烟台"),
        ("warning D274", "数据/2026-10.csv", "10,001.0", "100,010,000"),
        ("warning D299", "数据/明细.csv", "济南,2026年10月,服务群众,4010", "济南,2026年10月,联建村,421"),
        ("warning D160", "数据/明细.csv", "济南,2026年10月", "济南,本次"),
        ("warning D302", "数据/明细.csv", "济南,2026年10月", "济南,2026年3—5月"),
    ],
)
def test_what_is_wrong_in_a_table_is_told(folder: Path, expected: str, name: str, before: str, after: str) -> None:
    put(folder, name, (before, after))
    assert expected in faults(folder)


@pytest.mark.parametrize(
    ("expected", "before", "after"),
    [
        ("error D107", 'kind = "存量"', 'kind = "库存"'),
        ("error D107", 'reach = "累计"', 'reach = "合计"'),
        ("error D291", 'id = "slgj.villages"', 'id = "slgj.yoy"'),
        ("error D292", 'unit = "个"', 'unit = "3个"'),
        ("error D104", 'id = "zyfw.people"', 'id = "slgj.funds"'),
        ("error D105", 'program = "zyfw"', 'program = "zyfu"'),
        ("error D105", 'roster = "各市"', 'roster = "各县"'),
        ("error D106", 'since = "2026-08"', 'since = "八月"'),
        ("error D294", 'file = "数据/{period}.csv"', ""),
        ("error D294", 'file = "数据/{period}.csv"', 'file = "数据/{period}.csv"\nquery = "a.sql"'),
        ("error D295", "数据/{period}.csv", "数据/月报{period}.csv"),
        ("error D295", "数据/明细.csv", "数据/明细2.csv"),
        ("warning D296", 'since = "2026-08"', 'since = "2026-05"'),
        ("error D297", 'metric = "指标"', 'metric = "月份"'),
        ("error F303", "{slgj.villages.mom}", "{slgj.village.mom}"),
        ("error D105", 'zyfw.people"]', 'zyfw.folk"]'),
        ("error D107", 'programs = ["slgj", "zyfw"]', 'programs = ["slgj", "zyfw"]\naudience = "大家"'),
        ("error D107", 'since = "2026-08"', 'since = "2026-08"\nrounding = "进一"'),
    ],
)
def test_what_is_wrong_in_the_project_is_told(folder: Path, expected: str, before: str, after: str) -> None:
    put(folder, "digest.toml", (before, after))
    assert expected in faults(folder)


def test_a_cell_that_cannot_be_read_is_a_number_that_is_missing(folder: Path) -> None:
    put(folder, "数据/2026-10.csv", ("420", "42O"))
    book = book_of(load(folder))
    assert told(book, "slgj.villages@济南") == "D281"
    assert told(book, "slgj.villages") == "D282"
    assert told(book, "slgj.villages@青岛") == "320个"


def test_what_is_wrong_with_an_earlier_file_is_counted_and_does_not_stop_the_digest(folder: Path) -> None:
    put(folder, "数据/2026-09.csv", ("410", "41O"), ("310", "310户"))
    put(folder, "digest.toml", ("，{slgj.villages.yoy}", ""))
    digest = load(folder)
    assert codes(digest.findings) == ["warning D309", "note D307"]
    assert "2026年9月的数据有2处疑点" in digest.findings[1].message
    (folder / "数据" / "2026-09.csv").write_bytes(b"")
    digest = load(folder)
    assert codes(digest.findings) == ["warning D309", "warning D309", "warning D120"]
    assert told(book_of(digest), "slgj.villages") == "1080个"


def test_without_a_beginning_only_files_that_exist_are_read(folder: Path) -> None:
    put(folder, "digest.toml", ('since = "2026-08"\n', ""))
    (folder / "数据" / "2026-08.csv").unlink()
    digest = load(folder)
    assert "warning D296" not in codes(digest.findings)
    assert told(book_of(digest), "slgj.villages:2026-08") == "D280"
    assert told(book_of(digest), "slgj.villages:2026-09") == "1040个"


def test_the_digest_has_the_facts_it_asks_for_and_says_what_it_cannot_tell(folder: Path) -> None:
    digest = load(folder)
    assert [fact.id for fact in digest.facts] == [
        "slgj.villages",
        "slgj.villages.mom",
        "slgj.funds@济南.alone",
        "zyfw.people",
    ]
    (doubt,) = digest.findings
    assert (doubt.code, doubt.severity, doubt.value) == ("D309", "warning", "slgj.villages.yoy")
    part = digest.sections[0].parts[0]
    assert part.text.startswith("截至{=2026年10月底}，{=全省}联建村{slgj.villages}，{=同比无可比数}")
    assert digest.header.title == "2026年10月全省工作情况"


def test_what_is_missing_stands_as_a_dash_in_a_strip_and_is_no_number(folder: Path) -> None:
    put(folder, "digest.toml", ('strip = ["slgj.villages"', 'strip = ["slgj.villages.yoy"'))
    fact = load(folder).fact("slgj.villages.yoy")
    assert (str(fact.quantity), fact.missing, fact.wording) == ("—", "无可比数", "同比无可比数")


def test_a_digest_of_one_member_is_its_own(folder: Path) -> None:
    digest = load(folder, member="济南")
    assert digest.header.title == "2026年10月济南工作情况"
    assert str(digest.fact("slgj.villages").quantity) == "420个"
    assert load(digest) == digest


def test_sections_are_for_their_readers(folder: Path) -> None:
    put(folder, "digest.toml", ("strip =", 'audience = "各市"\nstrip ='))
    assert load(folder).sections[0].parts == ()
    assert len(load(folder, member="济南").sections[0].parts) == 1
    put(folder, "digest.toml", ('audience = "各市"', 'audience = "全省"'))
    assert len(load(folder).sections[0].parts) == 1
    assert load(folder, member="济南").sections[0].parts == ()


def test_an_unknown_member_is_told_with_the_nearest(folder: Path) -> None:
    with pytest.raises(UsageError, match="济南") as raised:
        load(folder, member="济南市")
    assert raised.value.code == "U106"


def test_a_frame_stands_in_for_a_table_of_its_title(folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    by_file = book_of(load(folder))
    rows = [line.split(",") for line in tidy().splitlines()]
    frame = pandas.DataFrame(rows[1:], columns=rows[0])
    (folder / "数据" / "明细.csv").unlink()
    by_frame = book_of(load(folder, data={"志愿服务明细": frame}))
    assert values(by_frame) == values(by_file)
    with pytest.raises(UsageError, match="志愿服务明细"):
        load(folder, data={"志愿明细": frame})


def values(book: Book) -> dict[object, object]:
    """What was reported, wherever it stood."""
    return {key: (one.quantity, one.why, one.flag, one.at) for key, one in book.observations.items()}


@pytest.mark.parametrize(
    "table",
    [
        "月份,联建村（个）\n2026年8月,38\n2026年9月,39\n2026年10月,40\n",
        "指标,2026年8月,2026年9月,2026年10月\n联建村,38,39,40\n服务群众,5,6,7\n",
        "单位：个,,\n月份,联建村,\n8月,38\n9月,39\n10月,40\n11月,41\n",
    ],
)
def test_months_may_stand_below_or_beside_each_other(folder: Path, table: str) -> None:
    toml = DIGEST_TOML.partition("[[section]]")[0].replace('roster = "各市"\n', "")
    first, _, _ = toml.partition("[[table]]")
    metric = 'metric = "指标"\n' if table.startswith("指标") else ""
    (folder / "digest.toml").write_text(
        f'{first}[[table]]\ntitle = "各月"\nfile = "各月.csv"\n{metric}', encoding="utf-8"
    )
    (folder / "各月.csv").write_text(table, encoding="utf-8")
    book = book_of(load(folder))
    assert [told(book, f"slgj.villages:2026-{month}") for month in ("08", "09", "10")] == ["38个", "39个", "40个"]


def test_months_beside_members_are_of_the_metric_that_is_named(folder: Path) -> None:
    first, _, _ = DIGEST_TOML.partition("[[table]]")
    table = '[[table]]\ntitle = "各月"\nfile = "各月.csv"\nmetric = "slgj.villages"\n'
    rows = "".join(f"{city},{n + 1},{n + 2},{n + 3}\n" for n, city in enumerate(CITIES))
    (folder / "digest.toml").write_text(first + table, encoding="utf-8")
    (folder / "各月.csv").write_text(f"市,2026年8月,2026年9月,2026年10月\n{rows}", encoding="utf-8")
    book = book_of(load(folder))
    assert told(book, "slgj.villages@青岛") == "4个"
    assert told(book, "slgj.villages:2026-08") == "10个"


def test_changes_that_a_table_gives_are_held_against_its_numbers(folder: Path) -> None:
    head = ("联建村（个）,", "联建村（个）,联建村环比（%）,")
    rows = [(f"{city},{number},", f"{city},{number},{change},") for city, number, change in (
        ("济南", 420, "2.4"), ("青岛", 320, "3.2"), ("淄博", 220, "9.9"), ("枣庄", 120, "9.1"),
    )]  # fmt: skip
    put(folder, "数据/2026-10.csv", head, *rows)
    digest = load(folder)
    (doubt,) = (finding for finding in digest.findings if finding.code == "D300")
    assert doubt.severity == "warning"
    assert "9.9" in doubt.message
    assert "环比增长4.8%" in doubt.message


def test_where_nobody_has_the_base_the_change_that_was_reported_is_told(folder: Path) -> None:
    head = ("联建村（个）,", "联建村（个）,联建村同比（%）,")
    rows = [
        (f"{city},{number},", f"{city},{number},5.3,")
        for city, number in zip(CITIES, (420, 320, 220, 120), strict=True)
    ]
    put(folder, "数据/2026-10.csv", head, *rows)
    fact = derive(book_of(load(folder)), "slgj.villages@济南.yoy")
    assert isinstance(fact, Fact)
    assert fact.wording == "同比增长5.3%"
    assert fact.source.at.endswith("（据填报）")


def test_a_total_that_is_no_sum_is_told_and_stands(folder: Path) -> None:
    put(folder, "数据/2026-10.csv", ('枣庄,120,"7000"', '枣庄,120,"7000"\n合计,1081,"34001.0"'))
    digest = load(folder)
    assert "warning D270" in codes(digest.findings)
    assert told(book_of(digest), "slgj.villages") == "1081个"


def test_a_workbook_of_the_same_cells_is_the_same_book(folder: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    by_csv = values(book_of(load(folder)))
    for period in ("2026-08", "2026-09", "2026-10"):
        book = openpyxl.Workbook()
        for line in wide(period).splitlines():
            cells = line.replace('"', "").split(",", 2) if line.count('"') else line.split(",")
            book.active.append(cells)
        book.save(folder / "数据" / f"{period}.xlsx")
    put(folder, "digest.toml", ("{period}.csv", "{period}.xlsx"))
    assert values(book_of(load(folder))) == by_csv


SOME = ('file = "数据/{period}.csv"', 'file = "数据/{period}.csv"\nonly = ["济南市", "青岛", "淄博"]')


def test_a_table_of_some_members_by_declaration_lacks_nobody(folder: Path) -> None:
    for period, row in (("2026-08", "枣庄,100,"), ("2026-09", "枣庄,110,"), ("2026-10", "枣庄,120,")):
        path = folder / "数据" / f"{period}.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        assert any(line.startswith(row) for line in lines)
        path.write_text("".join(line for line in lines if not line.startswith(row)), encoding="utf-8")
    assert "warning D263" in faults(folder)
    assert told(book_of(load(folder)), "slgj.villages") == "D282"
    put(folder, "digest.toml", SOME)
    assert "warning D263" not in faults(folder)
    book = book_of(load(folder))
    assert told(book, "slgj.villages") == "960个"
    whole = book.known("slgj.villages")
    assert whole is not None
    assert whole.at == "据3个市填报数相加，1个市不适用"
    assert told(book, "zyfw.people") == "10040人次"


def test_who_is_asked_in_another_table_is_not_excused_by_this_one(folder: Path) -> None:
    put(folder, "digest.toml", SOME)
    put(folder, "数据/2026-10.csv", ('枣庄,120,"7000"\n', ""))
    rest = '[[table]]\ntitle = "其余"\nfile = "数据/其余.csv"\nonly = ["枣庄", "联建村"]\n\n[[section]]\n'
    put(folder, "digest.toml", ("[[section]]\n", rest))
    (folder / "数据" / "其余.csv").write_text("市,联建村（个）\n枣庄,未报\n", encoding="utf-8")
    assert told(book_of(load(folder)), "slgj.villages") == "D282"
    put(folder, "数据/其余.csv", ("未报", "5"))
    assert told(book_of(load(folder)), "slgj.villages") == "965个"
