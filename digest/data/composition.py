"""How a digest is to be composed: masthead, colophon and sections, from the tables of `digest.toml` (编排)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from digest.data import schema
from digest.data.addressed import AUDIENCES
from digest.data.book_tables import read_book_tables
from digest.data.charts import read_charts
from digest.data.model import Colophon, CoverageSpec, EntriesSpec, Header, LedgerSpec, Panel, Part, Section
from digest.data.period import check_date
from digest.data.plots import read_plots
from digest.data.templates import read_template
from digest.findings import Finding

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.model import Audience, PlotlySpec, Template
    from digest.data.schema import Taken

Show = Literal["all", "open", "overdue", "new", "closed"]
SHOWN: Final[dict[str, Show]] = {"全部": "all", "在办": "open", "逾期": "overdue", "新增": "new", "销号": "closed"}
DATA_NOTES: Final[dict[str, Literal["auto", "always", "never"]]] = {"自动": "auto", "总是": "always", "从不": "never"}


def read_header(taken: Taken, period: str, seen: list[Finding]) -> Header:
    """The masthead; without a `date` of its own it is dated by the period, where that is a year or a month."""
    return Header(
        name=taken.text("name"),
        title=taken.text("title"),
        unit=taken.text("unit"),
        date=_date(taken, period, seen),
        issue=taken.number("issue"),
        total_issue=taken.number("total_issue"),
        notice=taken.text("notice"),
        intro=taken.texts("intro"),
        headlines=taken.texts("headlines"),
        terms=taken.texts("terms"),
        place=taken.place,
        running=taken.text("running"),
    )


def _date(taken: Taken, period: str, seen: list[Finding]) -> str:
    written = taken.text("date")
    if not written:
        return "" if "Q" in period else period
    try:
        return check_date(written)
    except ValueError:
        hint = "请写成 2023-12-29 或 2023-12"
        seen.append(Finding("D106", "error", f"不是日期：“{written}”", taken.where("date"), written, hint))
        return ""


def read_colophon(project: Taken, seen: list[Finding]) -> Colophon:
    """报尾; empty where the project has none."""
    taken = schema.take_one(project, "colophon", schema.COLOPHON, seen)
    if taken is None:
        return Colophon()
    return Colophon(taken.texts("report_to"), taken.texts("send_to"), taken.texts("issue_to"), taken.number("copies"))


def read_sections(project: Taken, folder: Path, period: str, seen: list[Finding]) -> tuple[Section, ...]:
    """The sections in their order, each with its parts, and the Plotly files these name in the project's folder.

    Codes D101, D102, D103, D105 (roster), D107, D109, D112 (Plotly files).
    """
    rosters = project.lists("rosters")
    return tuple(
        Section(
            title=taken.text("title"),
            programs=taken.texts("programs"),
            parts=tuple(
                _part(part, rosters, read_plots(part, folder, period, seen), read_template(part, folder, seen), seen)
                for part in schema.take_each(taken, "part", schema.PART, seen)
            ),
            place=taken.place,
            audience=_audience(taken, seen),
        )
        for taken in schema.take_each(project, "section", schema.SECTION, seen)
    )


def _part(
    taken: Taken,
    rosters: dict[str, tuple[str, ...]],
    plotly: tuple[PlotlySpec, ...],
    template: Template | None,
    seen: list[Finding],
) -> Part:
    return Part(
        title=taken.text("title"),
        text=taken.text("text"),
        narrate=taken.texts("narrate"),
        strip=taken.texts("strip"),
        panels=tuple(
            Panel(panel.texts("facts"), panel.text("title"))
            for panel in schema.take_each(taken, "panels", schema.PANEL, seen)
        ),
        plotly=plotly,
        charts=read_charts(taken, seen),
        coverage=_coverage(schema.take_one(taken, "coverage", schema.COVERAGE, seen), rosters, seen),
        ledger=_ledger(schema.take_one(taken, "ledger", schema.LEDGER, seen)),
        mechanisms=taken.grid("mechanisms"),
        targets=taken.texts("targets"),
        commitments=taken.texts("commitments"),
        commendations=taken.texts("commendations"),
        caption=taken.text("caption"),
        note=taken.text("note"),
        place=taken.place,
        tables=read_book_tables(taken, seen),
        entries=tuple(_entries(one, seen) for one in schema.take_each(taken, "entries", schema.PART_ENTRIES, seen)),
        audience=_audience(taken, seen),
        template=template,
    )


def _audience(taken: Taken, seen: list[Finding]) -> Audience:
    return schema.word(taken, "audience", AUDIENCES, "all", seen)


def _entries(taken: Taken, seen: list[Finding]) -> EntriesSpec:
    return EntriesSpec(
        taken.text("ledger"),
        schema.word(taken, "show", SHOWN, "open", seen),
        taken.number("limit"),
        taken.text("caption"),
        taken.text("note"),
        taken.place,
    )


def read_data_notes(
    header: Taken, otherwise: Literal["auto", "never"], seen: list[Finding]
) -> Literal["auto", "always", "never"]:
    """Whether what was wrong with the data is printed (数据质量说明)."""
    return schema.word(header, "data_notes", DATA_NOTES, otherwise, seen)


def _coverage(taken: Taken | None, rosters: dict[str, tuple[str, ...]], seen: list[Finding]) -> CoverageSpec | None:
    if taken is None or not taken.text("roster"):
        return None
    name, missing = taken.text("roster"), taken.texts("missing")
    roster = rosters.get(name, ())
    if name not in rosters:
        seen.append(schema.unknown("D105", "名单", name, rosters, taken.where("roster")))
    else:
        strangers = (one for one in missing if one not in roster)
        seen += (schema.unknown("D105", "名单成员", one, roster, taken.where("missing")) for one in strangers)
    return CoverageSpec(taken.text("fact"), roster, missing)


def _ledger(taken: Taken | None) -> LedgerSpec | None:
    return None if taken is None else LedgerSpec(taken.text("total"), taken.texts("parts"))
