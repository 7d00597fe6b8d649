"""Templates say what they may, and can do nothing else."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.load import load
from digest.data.model import Digest, Header, Part, Section, Template
from digest.data.shelf import Shelf
from digest.data.templates import LONGEST, LONGEST_SOURCE, render, with_templates
from digest.errors import DataError
from tests.data.books import sample_book

if TYPE_CHECKING:
    from pathlib import Path

BOOK = sample_book()
SHELF = Shelf(BOOK)


def filled(template: str, shelf: Shelf = SHELF) -> str:
    text, findings = render(template, shelf, "文字.md")
    assert not findings
    return text


def codes(template: str) -> list[str]:
    text, findings = render(template, SHELF, "文字.md")
    assert not text
    assert all(finding.severity == "error" for finding in findings)
    return [finding.code for finding in findings]


# --- what a template says -------------------------------------------------------------------------------


def test_a_number_is_printed_as_the_written_token_of_its_id() -> None:
    assert filled('投入{{ f("slgj.funds") }}，{{ 数("slgj.funds@济南.yoy") }}') == (
        "投入{slgj.funds}，{slgj.funds@济南.yoy}"
    )


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('f("slgj.funds").known', True),
        ('f("zyfw.people@淄博").known', False),
        ('f("slgj.villages").rose', True),
        ('f("slgj.villages.yoy").rose', True),
        ('f("zyfw.rate.yoy").fell', True),
        ('f("zyfw.rate.yoy").rose', False),
        ('f("slgj.funds.mom").level', True),
        ('f("slgj.funds").reached', False),
        ('f("zyfw.rate").reached', False),
        ('f("slgj.villages") > 1510', False),
        ('f("slgj.villages") >= 1510', True),
        ('f("slgj.villages") == 1510', True),
        ('f("slgj.villages") != 1510', False),
        ('1000 < f("slgj.villages") < 2000', True),
        ('f("slgj.funds") > 320000000', True),
        ('f("zyfw.rate") > 91.8', False),
        ('f("zyfw.rate") <= 91.8', True),
        ('f("zyfw.people@青岛") >= 13000', True),
        ('f("zyfw.people@青岛") < 13000', False),
        ('not f("slgj.villages").fell and f("slgj.villages") > 1', True),
    ],
)
def test_conditions_ask_of_a_number_what_is_certain(condition: str, holds: bool) -> None:  # noqa: FBT001
    assert filled(f"{{% if {condition} %}}是{{% else %}}否{{% endif %}}") == ("是" if holds else "否")


def test_a_loop_goes_over_a_list_that_stands_there() -> None:
    said = '{{ 市 }}{{ f("slgj.villages@" ~ 市) }}{% if not loop.last %}、{% endif %}'
    assert (
        filled(f'{{% for 市 in ["济南", "青岛"] %}}{said}{{% endfor %}}')
        == "济南{slgj.villages@济南}、青岛{slgj.villages@青岛}"
    )


def test_lines_are_joined_and_a_blank_line_parts_paragraphs() -> None:
    assert filled("一是\n  投入。\n\n\n二是\n共建。\n") == "一是投入。\n\n二是共建。"


def test_what_it_says_is_said_for_the_member_of_the_book() -> None:
    section = Section(
        "双联", (), (Part(template=Template("a.md", '{% if f("slgj.villages") > 1000 %}多{% else %}少{% endif %}')),)
    )
    digest = Digest(Header("简报"), (section,), (), (), book=BOOK)
    assert with_templates(digest).sections[0].parts[0].text == "多"
    assert with_templates(replace(digest, book=BOOK.for_member("青岛"))).sections[0].parts[0].text == "少"


# --- what it may not do ---------------------------------------------------------------------------------

HOSTILE = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ df.to_csv() }}",
    "{{ 'A' * 300000000 }}",
    "{{ 9**9**9 }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'os' import system %}",
    "{% extends '/etc/passwd' %}",
    "{{ range(999999999) }}",
    "{% for a in range(999999999) %}{% endfor %}",
    "{{ lipsum() }}",
    "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ joiner() }}",
    "{{ namespace() }}",
    "{{ dict(a=1) }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ f }}",
    "{{ f.__globals__ }}",
    "{{ f(f) }}",
    '{{ f("slgj.funds")._shelf }}',
    '{{ f("slgj.funds").known.__class__ }}',
    '{{ f("slgj.funds")|attr("_shelf") }}',
    '{{ f("slgj.funds", 1) }}',
    '{{ f(key="slgj.funds") }}',
    '{{ f(*["slgj.funds"]) }}',
    '{{ "%s"|format(1) }}',
    '{{ "a"|replace("a", "b") }}',
    '{{ "a"|center(900000000) }}',
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% set a = 1 %}",
    "{% with a = 1 %}{% endwith %}",
    "{% filter trim %}a{% endfilter %}",
    "{% block a %}{% endblock %}",
    "{% call f() %}{% endcall %}",
    "{% for a in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% for a in [1] %}{{ loop.cycle(1, 2) }}{% endfor %}",
    "{% for a in [1] %}{{ loop.__init__ }}{% endfor %}",
    "{% for a in 'abc' %}{% endfor %}",
    "{% for a, b in [[1, 2]] %}{% endfor %}",
    "{{ x is defined }}",
    "{{ {1: 2} }}",
    "{{ [1][0] }}",
    "{{ 1 + 1 }}",
    "{% autoescape true %}{% endautoescape %}",
]


@pytest.mark.parametrize("template", HOSTILE)
def test_what_is_not_in_the_tables_is_refused_before_anything_runs(template: str) -> None:
    assert set(codes(template)) == {"D344"}


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("{% if f('slgj.funds').known %}", "D343"),
        ("{{ f('slgj.funds' }}", "D343"),
        ("{{ " + "9" * 6000 + " }}", "D343"),
        ("{% debug %}", "D343"),
        ("{{ -f('slgj.funds') }}", "D343"),
        ("{{ f('slgj.fund') }}", "D345"),
        ("{{ f('slgj.' ~ 'fund') }}", "D345"),
        ("{% if f('slgj.funds') %}{% endif %}", "D346"),
        ("{% if f('zyfw.people') > 1 %}{% endif %}", "D346"),
        ("{% if f('zyfw.people@青岛') > 20000 %}{% endif %}", "D346"),
        ("{% if f('zyfw.people@青岛') == 13000 %}{% endif %}", "D346"),
        ("{% if f('slgj.funds') > 'a' %}{% endif %}", "D346"),
        ("{% if f('slgj.funds') > true %}{% endif %}", "D346"),
        ("{{ f('slgj.funds').known }}", "D346"),
        ("{{ [1, 2] }}", "D346"),
        ("{{ " + "(" * 20000 + "1" + ")" * 20000 + " }}", "D347"),
        ("甲" * (LONGEST_SOURCE + 1), "D347"),
        ("{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9] %}" * 6 + "{% endfor %}" * 6, "D347"),
        ("{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9] %}" * 2 + "甲" * 20000 + "{% endfor %}" * 2, "D347"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_filled_in_is_told_under_a_code(template: str, code: str) -> None:
    assert codes(template) == [code]


@pytest.mark.parametrize("depth", [30, 300, 3000])
def test_what_is_nested_too_deeply_is_told_by_whoever_notices_first(depth: int) -> None:
    assert set(codes("{% for a in [1] %}" * depth + "{% endfor %}" * depth)) <= {"D343", "D347"}


def test_a_finding_names_file_and_line_and_what_helps() -> None:
    _, (finding,) = render("一\n二{{ f('slgj.fund') }}", SHELF, "text/slgj.md")
    assert str(finding) == "错误 D345 text/slgj.md › 第2行：没有编号为“slgj.fund”的数据；是否应为“slgj.funds”"
    _, (finding,) = render("一\n\n{% if f('zyfw.people') > 1 %}{% endif %}", SHELF, "text/slgj.md")
    assert str(finding.place) == "text/slgj.md › 第3行"
    assert finding.message == "“zyfw.people”没有数，不能比较"


def test_all_that_is_refused_is_told_at_once() -> None:
    _, findings = render("{{ a }}\n{{ b }}\n{% set c = 1 %}{{ f('x') }}", SHELF, "a.md")
    assert [(one.code, one.place and one.place.cell) for one in findings] == [
        ("D344", "第1行"),
        ("D344", "第2行"),
        ("D344", "第3行"),
        ("D345", "第3行"),
    ]


def test_without_jinja2_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jinja2", None)
    assert codes("甲") == ["D342"]


PIECES = st.sampled_from([
    "{{", "}}", "{%", "%}", "{#", " if ", " for ", " in ", " endfor ", " endif ", " else ", "a", 'f("slgj.funds")', "f",
    "(", ")", "[", "]", ".known", ".__class__", " > ", " 1 ", " ~ ", "*", "**", '"甲"', "|trim", "|length", "\n",
    "loop", ".last", " not ", " and ", "{slgj.funds}", "set ", "=",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
def test_whatever_is_written_gives_a_text_or_findings_and_never_more_than_is_let_out(template: str) -> None:
    text, findings = render(template, SHELF, "a.md")
    assert not (text and findings)
    assert len(text) <= LONGEST
    assert "<function" not in text
    assert "object at" not in text


# --- in a project ---------------------------------------------------------------------------------------

PROJECT = """
[digest]
name = "简报"
period = "2023-12"
[data]
facts = "figures.csv"
[[source]]
id = "d"
file = "d.txt"
title = "实录"
[[program]]
id = "a"
name = "双联"
[[section]]
title = "双联"
programs = ["a"]
[[section.part]]
template = "text/a.md"
"""
FIGURES = "编号,项目,指标,数据,类别,来源,原文\na.funds,a,资金,4.1亿元,流量,d,资金4.1亿元\n"


def project(folder: Path, template: str | None, toml: str = PROJECT) -> Path:
    (folder / "digest.toml").write_text(toml, encoding="utf-8")
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    (folder / "d.txt").write_text("资金4.1亿元", encoding="utf-8")
    (folder / "text").mkdir()
    if template is not None:
        (folder / "text" / "a.md").write_text(template, encoding="utf-8")
    return folder


def test_a_part_names_its_template_and_gets_its_text(tmp_path: Path) -> None:
    digest = load(project(tmp_path, "{period}资金{{ f('a.funds') }}。"))
    assert digest.sections[0].parts[0].text == "{=2023年12月}资金{a.funds}。"


def test_what_is_wrong_with_a_template_is_wrong_with_the_project(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(project(tmp_path, "{% include '/etc/passwd' %}"))
    assert [str(one.place) for one in caught.value.findings if one.code == "D344"] == ["text/a.md › 第1行"]


@pytest.mark.parametrize("name", ["../outside.md", "/etc/passwd", "text/none.md"])
def test_a_template_stands_inside_the_project(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError) as caught:
        load(project(tmp_path, None, PROJECT.replace("text/a.md", name)))
    assert [one.code for one in caught.value.findings] == ["D109"]


def test_a_part_has_text_or_a_template(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(project(tmp_path, "甲", PROJECT.replace("template =", 'text = "乙"\ntemplate =')))
    assert [one.code for one in caught.value.findings] == ["D344"]
