"""What was wrong with the data and what was done about it (数据质量说明), printed before the annex of sources.

Only what is doubtful is printed. What is merely noted, such as the encoding of a file, concerns who keeps the tables:
the same figures give the same pages, whatever they are kept in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.findings import SEVERITIES
from digest.story.blocks import Block, Caption, Column, Heading, Paragraph, Table, TableRow, plain
from digest.story.wording import full_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from digest.data.model import Digest
    from digest.findings import Finding
    from digest.story.desk import Desk

DATA_NOTES: Final = "数据质量说明"
DATA_NOTES_ANCHOR: Final = "data-notes"
_MOST: Final = 50  # findings printed; who mends the tables has all of them from `check`
_NOTHING_TO_DO: Final = "已按左列所述处理"
_COLUMNS: Final = (
    Column("编码", 34.0, digits=True),
    Column("位置", 88.0, digits=True),
    Column("发现什么"),
    Column("怎样处理"),
)


def prints_data_notes(digest: Digest) -> bool:
    """Whether the digest has this page: always, or where there is a warning; a note alone is no reason."""
    if digest.data_notes == "auto":
        return bool(_doubts(digest))
    return digest.data_notes == "always"


def data_notes_blocks(desk: Desk) -> list[Block]:
    """Heading, what was read and how much of it was doubtful, and the doubts of `load` by file."""
    digest = desk.digest
    if not prints_data_notes(digest):
        return []
    blocks: list[Block] = [Heading("", DATA_NOTES, DATA_NOTES_ANCHOR), Paragraph(plain(_summary(digest)))]
    doubts = _doubts(digest)
    if doubts:
        blocks.append(_table(doubts, desk))
    return blocks


def _doubts(digest: Digest) -> tuple[Finding, ...]:
    return tuple(finding for finding in digest.findings if finding.severity != "note")


def _summary(digest: Digest) -> str:
    """`本期读取数据表3张、数据1280个（缺2个），台账2期、问题75条；核对发现警告5条。`: what there is to count."""
    read: list[str] = []
    told = [one for one in digest.book.observations.values() if not one.computed] if digest.book else []
    if told:
        missing = sum(one.quantity is None for one in told)
        read.append(
            f"数据表{len({one.table for one in told})}张、数据{len(told)}个{f'（缺{missing}个）' if missing else ''}"
        )
    if digest.ledgers:
        issues = sum(len(one) for ledger in digest.ledgers for one in ledger.periods.values())
        tables = sum(len(ledger.periods) for ledger in digest.ledgers)
        read.append(f"台账{tables}期、问题{issues}条")
    counted = [
        f"{word}{number}条"
        for severity, word in SEVERITIES.items()
        if (number := sum(finding.severity == severity for finding in _doubts(digest)))
    ]
    found = f"核对发现{'、'.join(counted)}。" if counted else "核对没有发现疑点。"
    return f"本期读取{'，'.join(read)}；{found}" if read else found


def _table(findings: tuple[Finding, ...], desk: Desk) -> Table:
    rows: list[TableRow] = []
    shown = _by_file(findings)[:_MOST]
    files = list(dict.fromkeys(_file(finding) for finding in shown))
    for file in files:
        rows.append(TableRow((plain(file or "其他"),), group=True, rule_above=bool(rows)))
        rows += [_row(finding) for finding in shown if _file(finding) == file]
    rest = len(_alike(findings)) - len(shown)
    notes = (f"另有{rest}条从略，核对项目时全部列出。",) if rest else ()
    return Table(_COLUMNS, tuple(rows), Caption(desk.tables.next(), "数据核对情况"), notes, small=True)


def _by_file(findings: Iterable[Finding]) -> list[Finding]:
    """Files in their order, and in each what is as grave together; where there are too many the least grave go."""
    findings = _alike(findings)
    files = list(dict.fromkeys(map(_file, findings)))
    grave = sorted(findings, key=lambda one: list(SEVERITIES).index(one.severity))[:_MOST]
    return sorted(grave, key=lambda one: (files.index(_file(one)), list(SEVERITIES).index(one.severity)))


def _alike(findings: Iterable[Finding]) -> list[Finding]:
    """What is said in the same words of several places as one finding, at the first of them."""
    groups: dict[object, list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.code, one.message, one.hint), []).append(one)
    return [_together(same) for same in groups.values()]


def _together(same: list[Finding]) -> Finding:
    """The first of them, whose place says how many there are, and in how many files."""
    first = same[0]
    if len(same) == 1 or first.place is None:
        return first
    files = len(set(map(_file, same)))
    many = (
        f"等{len(same)}处"
        if files == 1
        else f"等{files}个文件"
        if files == len(same)
        else f"等{files}个文件{len(same)}处"
    )
    if not first.place.cell and first.place.sheet:
        return replace(first, place=replace(first.place, sheet=f"{first.place.sheet}{many}"))
    return replace(first, place=replace(first.place, cell=f"{first.place.cell or '整个文件'}{many}"))


def _file(finding: Finding) -> str:
    return finding.place.file if finding.place else ""


def _row(finding: Finding) -> TableRow:
    place = finding.place
    where = " › ".join(filter(None, (place.sheet, place.cell))) if place else ""
    return TableRow(
        (
            plain(finding.code),
            plain(where or "整个文件"),
            plain(full_width(finding.message)),
            plain(full_width(finding.hint) or _NOTHING_TO_DO),
        )
    )
