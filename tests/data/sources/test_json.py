"""JSON: every shape of a table, strictly by the grammar, doubts by line and column."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.sources.json_grids import read_json

ROWS = (("单位", "资金"), ("济南", "1.3万"), ("青岛", "2700余"))
RECORDS = '[{"单位": "济南", "资金": "1.3万"}, {"单位": "青岛", "资金": "2700余"}]'


def told(text: str, sheet: str = "") -> list[tuple[str, str]]:
    grids, seen = read_json(text.encode(), "t.json", sheet)
    assert grids == ()
    return [(finding.code, finding.place.cell if finding.place else "") for finding in seen]


@pytest.mark.parametrize(
    ("text", "sheet"),
    [
        (RECORDS, ""),
        ('{"单位": ["济南", "青岛"], "资金": ["1.3万", "2700余"]}', ""),
        ('{"数据": ' + RECORDS + ', "更新": "2025-10-31"}', "数据"),
        ('{"数据": {"单位": ["济南", "青岛"], "资金": ["1.3万", "2700余"]}}', "数据"),
        ('[["单位", "资金"], ["济南", "1.3万"], ["青岛", "2700余"]]', ""),
        ('{"columns": ["单位", "资金"], "index": [0, 1], "data": [["济南", "1.3万"], ["青岛", "2700余"]]}', ""),
        ('{"单位": "济南", "资金": "1.3万"}\n{"单位": "青岛", "资金": "2700余"}\n', ""),
    ],
)
def test_each_shape_of_a_table_is_read(text: str, sheet: str) -> None:
    grids, _ = read_json(text.encode(), "t.json")
    assert [grid.rows for grid in grids] == [ROWS]
    assert grids[0].place.sheet == sheet


def test_tables_by_name_are_sheets_and_one_is_chosen_by_its_name() -> None:
    text = f'{{"双联共建": {RECORDS}, "双报到": {RECORDS}, "说明": "快报数"}}'
    grids, seen = read_json(text.encode(), "t.json")
    assert [grid.place.sheet for grid in grids] == ["双联共建", "双报到"]
    assert [(finding.code, finding.severity) for finding in seen] == [("D226", "note")]
    assert "说明" in seen[0].message
    grids, seen = read_json(text.encode(), "t.json", "双报到")
    assert ([grid.place.sheet for grid in grids], seen) == (["双报到"], ())
    _, seen = read_json(text.encode(), "t.json", "双拥")
    assert (seen[0].code, seen[0].hint) == ("D136", "文件中有：双联共建、双报到")


def test_a_key_that_an_object_lacks_is_an_empty_cell_in_the_column_of_that_key() -> None:
    grids, seen = read_json(b'[{"a": 1}, {"b": 2, "a": null}, {"b": ""}]', "t.json")
    assert (grids[0].rows, seen) == ((("a", "b"), (1, None), (None, 2), (None, "")), ())
    assert str(grids[0].place_of(2, 1, "b")) == "t.json › 第2行 › b"


def test_numbers_are_kept_as_they_are_written() -> None:
    grids, _ = read_json(b'[{"a": 5.30, "b": "007", "c": 12345678901234567890.10, "d": true, "e": 1.50E3}]', "t.json")
    assert [str(value) for value in grids[0].rows[1]] == ["5.30", "007", "12345678901234567890.10", "True", "1.50E+3"]
    assert isinstance(grids[0].rows[1][0], Decimal)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('[\n  {"a": 1},\n]', "第2行第11列", "多了一个逗号"),
        ('[{"a": 1,}]', "第1行第9列", "多了一个逗号"),
        ('[{"a": 1} // 注\n]', "第1行第11列", "注释"),
        ('[{"a": 1},\n /* 注 */ {"a": 2}]', "第2行第2列", "注释"),
        ("[{'a': 1}]", "第1行第3列", "双引号"),
        ('[{"a"：1}]', "第1行第6列", "全角"),
        ('[{"a": 1}，{"a": 2}]', "第1行第10列", "全角"),
        ('[{"a": 1} {"a": 2}]', "第1行第11列", "逗号"),
        ('[{"a": 1}', "第1行第10列", "没有写完"),
        ('[{"a": "1}]', "第1行第8列", "引号"),
        ('[{"a": 1}] x', "第1行第12列", "多余"),
        ('[{"a": 一}]', "第1行第8列", "缺少一个值"),
        ('[{"a": 01}]', "第1行第9列", "逗号"),
        ('[{"a": "\\q"}]', "第1行第9列", "反斜杠"),
    ],
)
def test_a_fault_of_grammar_is_told_with_line_and_column_and_what_it_is(text: str, place: str, said: str) -> None:
    assert told(text) == [("D223", place)]
    _, (finding,) = read_json(text.encode(), "t.json")
    assert said in finding.message


def test_everything_doubtful_is_told_at_once() -> None:
    text = f"""[
  {{"a": NaN, "b": -Infinity, "c": 1e400}},
  {{"a": 1e-400, "a": 2, "b": {"9" * 1001}}},
  {{"c": "\\ud83d", "d": "\\ud83d\\ude80", "e": 0e-400, "文": "NaN 1e400 {{"}}
]"""
    assert told(text) == [
        ("D224", "第2行第9列"),
        ("D224", "第2行第19列"),
        ("D224", "第2行第35列"),
        ("D224", "第3行第9列"),
        ("D225", "第3行第17列"),
        ("D224", "第3行第30列"),
        ("D224", "第4行第9列"),
    ]


@pytest.mark.parametrize("deep", [100_000, 2_000])
def test_what_is_nested_without_end_is_told(deep: int) -> None:
    assert told("[" * deep + "]" * deep) in ([("D227", "第1行第101列")], [("D226", "")])
    assert told('{"a":' * deep + "1" + "}" * deep) in ([("D227", "第1行第501列")], [("D226", "")])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "D223"),
        ("[]", "D120"),
        ("{}", "D120"),
        ("[{}]", "D120"),
        ('{"数据": []}', "D120"),
        ("3", "D226"),
        ('"x"', "D226"),
        ("[1, 2]", "D226"),
        ('[{"a": 1}, 2]', "D226"),
        ('{"a": 1, "b": 2}', "D226"),
        ('{"a": {"0": 1}, "b": {"0": 2}}', "D226"),
        ('{"a": [1, 2], "b": [1]}', "D226"),
    ],
)
def test_what_is_no_table_is_told(text: str, code: str) -> None:
    assert [found for found, _ in told(text)] == [code]


def test_an_object_or_a_list_in_a_cell_is_told_by_its_cell_and_left_empty() -> None:
    grids, seen = read_json(b'[{"a": {"x": 1}, "b": [1]}, {"a": 1, "b": 2}]', "t.json")
    assert grids[0].rows == (("a", "b"), (None, None), (1, 2))
    assert [(finding.code, finding.severity, str(finding.place)) for finding in seen] == [
        ("D228", "warning", "t.json › 第1行 › a"),
        ("D228", "warning", "t.json › 第1行 › b"),
    ]


def test_of_many_such_cells_fifty_are_told_and_the_others_counted() -> None:
    _, seen = read_json(json.dumps([{"a": [1]}] * 120).encode(), "t.json")
    assert len(seen) == 51
    assert "70" in seen[-1].message


_VALUES = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)


@given(st.lists(st.fixed_dictionaries({"单位": _VALUES, "b": _VALUES}), min_size=1, max_size=6))
def test_what_was_written_is_read_cell_by_cell(records: list[dict[str, object]]) -> None:
    for text in (json.dumps(records), json.dumps(records, ensure_ascii=False, indent=1)):
        grids, seen = read_json(text.encode(), "t.json")
        assert seen == ()
        head = tuple(records[0])
        assert grids[0].rows == (head, *(tuple(record[key] for key in head) for record in records))


@given(st.text('[]{}",:0123456789.eE-+NaIfinty\\ud\n 数', max_size=60))
def test_no_text_raises_anything(text: str) -> None:
    grids, seen = read_json(text.encode("utf-8", "surrogatepass"), "t.json")
    assert grids or seen
