"""Sparklines: small lines and bars in cells, with gaps, a dot at the end and one scale where a column asks for it."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest

from digest.data.quantity import parse_quantity
from digest.drawing import Group, Path
from digest.layout.sparks import LEAST, NATURAL, SparkSetter, scale_of, spark_words
from digest.layout.tables import set_table
from digest.layout.trace import trace
from digest.layout.typefaces import typefaces
from digest.layout.typeset import typeset
from digest.pdf.write import write_pdf
from digest.story.blocks import Caption, Column, Meta, Sparkline, Story, Table, TableRow, plain
from digest.story.charts import MISSING, Value
from digest.style import BRIEFING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from digest.drawing import Mark
    from digest.fonts import FontSet
    from digest.layout.page import Pages
    from digest.story.blocks import Text

PALETTE = BRIEFING.palette
CITY = Column("地区")
TREND = Column("走势")


def values(*shown: str) -> tuple[Value, ...]:
    return tuple(Value(parse_quantity(one), one, f"f{n}") if one else MISSING for n, one in enumerate(shown))


def spark(*shown: str, **options: object) -> Sparkline:
    return Sparkline(values(*shown), **options)  # type: ignore[arg-type]


def table_of(*cells: Text | Sparkline, column: Column = TREND) -> Table:
    rows = tuple(TableRow((plain(f"第{n}市"), cell)) for n, cell in enumerate(cells, 1))
    return Table((CITY, column), rows, Caption("表1", "一览"))


def paths(cell: Sparkline, column: Column = TREND, *others: Sparkline) -> list[Path]:
    """What is drawn of a sparkline in a room of 104 by 14 points: values stand between 2 and 102, 12 and 2."""
    setter = SparkSetter(table_of(cell, *others, column=column), PALETTE)
    group = setter.mark(cell, 1, 0.0, 104.0, 0.0, 14.0)
    assert isinstance(group, Group)
    return [mark for mark in group.marks if isinstance(mark, Path)]


def places(path: Path) -> list[tuple[str, float, float]]:
    return [(step[0], round(step[1], 3), round(step[2], 3)) for step in path.segments if len(step) == 3]


def pages_of(fonts: FontSet, *tables: Table) -> Pages:
    pages, _ = typeset(Story(Meta("题", "", "", "2023-12"), tables), BRIEFING, fonts)
    return pages


def alts(marks: Sequence[Mark]) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, Group):
            yield from [mark.alt] if mark.alt else alts(mark.marks)


WIDE = replace(TREND, width=112.0)

# --- the drawing ------------------------------------------------------------------------------------


def test_a_line_runs_from_value_to_value_and_ends_in_a_dark_dot() -> None:
    line, last = paths(spark("0个", "10个", "5个"), WIDE)
    assert places(line) == [("M", 2, 12), ("L", 52, 2), ("L", 102, 7)]
    assert places(last) == [("M", 102, 7), ("L", 102, 7)]
    assert last.stroke == PALETTE.deep
    assert last.cap == "round"
    assert last.width > line.width


def test_a_missing_value_is_a_gap_and_one_without_neighbours_a_dot() -> None:
    line, alone, _ = paths(spark("0个", "10个", "", "5个", "", "5个", "5个"), WIDE)
    assert [step[0] for step in line.segments] == ["M", "L", "M", "L"]
    assert places(alone) == [("M", 52, 7), ("L", 52, 7)]


def test_where_the_last_value_is_missing_no_dot_stands_for_it() -> None:
    (line,) = paths(spark("1个", "2个", ""), WIDE)
    assert max(x for _, x, _ in places(line)) == 52


def test_values_that_are_all_the_same_stand_in_the_middle() -> None:
    line, _ = paths(spark("7个", "7个"), WIDE)
    assert {y for _, _, y in places(line)} == {7.0}


def test_a_hairline_at_nought_has_nought_on_its_scale() -> None:
    zero, line, _ = paths(spark("10个", "20个", zero=True), WIDE)
    assert {y for _, _, y in places(zero)} == {12.0}
    assert places(line)[0] == ("M", 2, 7)


def test_the_lowest_and_the_highest_are_marked_where_that_is_asked_and_certain() -> None:
    shown = ("5个", "9个", "1个", "9个", "4个")
    assert len(paths(spark(*shown), WIDE)) == 2
    _, marked, _ = paths(spark(*shown, extremes=True), WIDE)
    assert {(x, y) for _, x, y in places(marked)} == {(52, 12), (27, 2)}
    assert len(paths(spark("5余个", *shown[1:], extremes=True), WIDE)) == 2


def test_bars_stand_on_nought_and_the_last_is_dark() -> None:
    others, last = paths(spark("10个", "-10个", "5个", kind="bars"), WIDE)
    (_, x0, up), *_, (_, _, foot) = places(others)[:4]
    assert (up, foot) == (2, 7)
    assert [y for _, _, y in places(others)[4:]] == [7, 7, 12, 12]
    assert places(last)[0] == ("M", round(x0 + 2 * 104 / 3, 3), 4.5)
    assert (others.fill, last.fill) == (PALETTE.soft, PALETTE.deep)


def test_a_bar_of_nought_is_seen_and_a_missing_one_is_not() -> None:
    (others,) = paths(spark("0个", "10个", "", kind="bars"), WIDE)
    corners = places(others)
    assert len(corners) == 8
    assert corners[2][2] - corners[1][2] == 0.5


def test_a_qualified_value_is_drawn_by_its_bound() -> None:
    assert scale_of([spark("2700余家", "近5000家", "约3000家")]) == (2700.0, 5000.0)


def test_sparklines_of_a_column_share_a_scale_only_where_it_says_so() -> None:
    low, high = spark("1个", "5个"), spark("5个", "10个")
    own, _ = paths(low, WIDE, high)
    shared, _ = paths(low, replace(WIDE, one_scale=True), high)
    assert places(own)[-1][2] == 2
    assert places(shared)[-1][2] == pytest.approx(12 - 10 * 4 / 9, abs=0.001)


def test_unlike_units_on_one_scale_are_an_error_of_whoever_put_them_there(fonts: FontSet) -> None:
    faces = typefaces(BRIEFING)
    with pytest.raises(ValueError, match="个, 元"):
        set_table(table_of(spark("1个", "2元")), faces, BRIEFING, fonts, {})
    apart = table_of(spark("1个", "2个"), spark("1元", "2元"))
    assert set_table(apart, faces, BRIEFING, fonts, {}).rows
    with pytest.raises(ValueError, match="unlike units"):
        set_table(replace(apart, columns=(CITY, replace(TREND, one_scale=True))), faces, BRIEFING, fonts, {})


def test_without_a_width_of_its_column_a_sparkline_is_not_stretched_and_stands_as_its_column_does() -> None:
    columns = (Column("走势", align="left"), Column("走势", align="center"), Column("走势", align="right"))
    for column, left in zip(columns, (0.0, 22.0, 44.0), strict=True):
        zero, *_ = paths(spark("1个", "2个", zero=True), column)
        assert [x for _, x, _ in places(zero)] == [left, left + NATURAL]


# --- in tables --------------------------------------------------------------------------------------


def test_a_sparkline_reads_as_its_values_and_says_which_are_missing(fonts: FontSet) -> None:
    cell = spark("12个", "", "2700余个")
    assert spark_words(cell) == "走势：12个、未报、2700余个"
    assert spark_words(Sparkline((Value(display="暂缺"),))) == "走势：暂缺"
    pages = pages_of(fonts, table_of(cell))
    assert "|第1市　走势：12个、未报、2700余个|" in trace(pages)
    (row,) = [item for page in pages.pages for item in page.items if item.role == "table-row"]
    assert list(alts(row.marks)) == ["走势：12个、未报、2700余个"]


def test_the_file_tells_what_a_sparkline_shows(fonts: FontSet) -> None:
    with pikepdf.open(io.BytesIO(write_pdf(pages_of(fonts, table_of(spark("12个", ""))), fonts))) as pdf:
        steps = pikepdf.parse_content_stream(pdf.pages[0])
        spans = [step.operands[1] for step in steps if str(step.operator) == "BDC"]
        assert "走势：12个、未报" in [str(span["/Alt"]) for span in spans if "/Alt" in span]


def test_a_row_is_as_high_with_a_sparkline_as_without(fonts: FontSet) -> None:
    faces = typefaces(BRIEFING)
    for small in (False, True):
        with_one, without = (
            set_table(replace(table_of(cell), small=small), faces, BRIEFING, fonts, {})
            for cell in (spark(*["3个", "4个"] * 12), plain("4个"))
        )
        assert [row.height for row in with_one.rows] == [row.height for row in without.rows]


def test_a_sparkline_keeps_its_least_width_beside_long_texts(fonts: FontSet) -> None:
    cells = (plain("很长的文字" * 40), spark("1个", "2个", zero=True), plain("很长的文字" * 40))
    table = Table((CITY, TREND, CITY), (TableRow(cells),), Caption("", ""))
    (row,) = [item for page in pages_of(fonts, table).pages for item in page.items if item.role == "table-row"]
    (group,) = [mark for mark in _groups(row.marks) if mark.alt]
    (zero, *_) = [mark for mark in group.marks if isinstance(mark, Path)]
    (_, x0, _), (_, x1, _) = places(zero)
    assert LEAST <= round(x1 - x0, 3) <= NATURAL


def _groups(marks: Sequence[Mark]) -> Iterator[Group]:
    for mark in marks:
        if isinstance(mark, Group):
            yield mark
            yield from _groups(mark.marks)


@pytest.mark.parametrize("wide", ["panels", "turned"])
def test_sparklines_stand_in_panels_and_on_turned_pages_on_the_scale_of_their_column(fonts: FontSet, wide: str) -> None:
    columns = (CITY, *(Column(f"第{n}栏", 90.0) for n in range(5)), replace(TREND, one_scale=True))
    filler = (plain("字"),) * 5
    rows = tuple(TableRow((plain(f"第{n}市"), *filler, spark(f"{n}个", f"{n + 1}个"))) for n in range(80))
    table = Table(columns, rows, Caption("表1", "一览"), wide=wide)  # type: ignore[arg-type]
    pages = pages_of(fonts, table)
    told = [alt for page in pages.pages for item in page.items for alt in alts(item.marks)]
    assert told == [f"走势：{n}个、{n + 1}个" for n in range(80)]
    assert any(page.turned for page in pages.pages) == (wide == "turned")
    assert "续表1" in trace(pages)


def test_what_a_sparkline_shows_is_found_on_its_page(fonts: FontSet) -> None:
    annex = Table((CITY,), (TableRow((pages_of_fact("fact:f1"),)),), Caption("", ""))
    assert "|1|" in trace(pages_of(fonts, table_of(spark("1个", "2个")), annex))


def pages_of_fact(name: str) -> Text:
    (run,) = plain("?")
    return (replace(run, pages_of=name),)


def test_equal_sparklines_are_never_joined_and_a_group_is_named_in_words(fonts: FontSet) -> None:
    cell = spark("1个", "2个")
    table = table_of(cell, cell, column=replace(TREND, merge=True))
    group = TableRow((cell,), group=True)
    told = trace(pages_of(fonts, replace(table, rows=(group, *table.rows))))
    assert told.count("市　走势：1个、2个|") == 2
    assert "table-group   |走势：1个、2个|" in told


def test_a_row_parted_over_pages_has_its_sparkline_once(fonts: FontSet) -> None:
    cells = (plain("很长的文字，" * 400), spark("1个", "2个"))
    table = Table((Column("事项", 100.0), TREND), (TableRow(cells),), Caption("", ""))
    pages = pages_of(fonts, table)
    assert len(pages.pages) > 1
    assert [alt for page in pages.pages for item in page.items for alt in alts(item.marks)] == ["走势：1个、2个"]
