"""A project's files become a digest: everything is read, and everything that is wrong is told at once."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data import schema
from digest.data.addressed import addressed
from digest.data.composition import read_colophon, read_data_notes, read_header, read_sections
from digest.data.documents import find_file, read_document
from digest.data.facts import read_facts, untold
from digest.data.model import Digest, Program
from digest.data.period import parse_period
from digest.data.provenance import check_meaning, trace_sources
from digest.data.references import check_references
from digest.data.repeated import told_once
from digest.data.schema import Taken
from digest.data.structures import read_structures
from digest.data.tables import Table, decode, read_table
from digest.data.templates import with_templates
from digest.errors import DataError, UsageError
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.data.period import Period
    from digest.data.project_book import ProjectBook

StrPath = str | os.PathLike[str]

PROJECT_FILE: Final = "digest.toml"


def load(
    source: StrPath | Digest,
    period: str | None = None,
    member: str = "",
    *,
    data: Mapping[str, object] | None = None,
    connections: Mapping[str, object] | None = None,
) -> Digest:
    """The digest a project folder holds, with warnings and notes in its `findings`.

    `period` (`2023-12`) is the one told about, and fills `{period}` in the paths of `[data]`; where these name no
    period and there is no table it must be the project's own. `member` (济南) makes the digest of that member of the
    roster in place of the whole. `data` holds frames by the title of the table they stand in for, `connections` open
    ones by the name the project calls them. A Digest is handed back with what its book is asked for.

    Raises UsageError where there is no readable project, no such member or no such table, or where a Digest was made
    for another member; and DataError with all that is wrong inside it.
    """
    wanted = _wanted(period)
    if isinstance(source, Digest):
        return _again(source, wanted, member)
    return _of_member(_read_project(Path(source), wanted, data, connections), member)


def load_members(
    source: StrPath,
    period: str | None = None,
    members: Iterable[str] | None = None,
    *,
    data: Mapping[str, object] | None = None,
    connections: Mapping[str, object] | None = None,
) -> Iterator[Digest]:
    """The digests of a project for the whole and for each of its roster, or for `members`; its files are read once.

    Each is what `load` makes of that member; an empty name is the whole. They are made one after another as they are
    asked for, so that hundreds need no more memory than one. Arguments and errors are those of `load`; an unknown
    member is told when its turn comes.
    """
    read = _read_project(Path(source), _wanted(period), data, connections)
    book = read.digest.book
    wanted = ("", *(book.roster if book else ())) if members is None else tuple(members)
    return (_of_member(read, member) for member in wanted)


class _Read(NamedTuple):
    """A project as it was read, not yet for anybody: `known` as in `check_references`."""

    digest: Digest
    known: frozenset[str] | None
    seen: tuple[Finding, ...]


def _read_project(
    folder: Path, wanted: str, frames: Mapping[str, object] | None, connections: Mapping[str, object] | None
) -> _Read:
    seen: list[Finding] = []
    project = schema.take(_project(folder, seen), schema.PROJECT, Place(PROJECT_FILE), seen)
    digest, known = _read(folder, project, wanted, seen, frames, connections)
    return _Read(digest, known, tuple(seen))


def _of_member(read: _Read, member: str) -> Digest:
    """The digest of the whole or of one member; DataError with all that is wrong."""
    digest = addressed(with_templates(_for_member(read.digest, member)))
    seen = list(read.seen)
    if not any(finding.severity == "error" for finding in seen):  # of a book half read everything would be missing
        digest = _told(digest)
    seen += (*check_references(digest, read.known), *digest.findings)
    wrong = {finding.place for finding in seen if finding.severity == "error"}
    if wrong:  # what could be read is checked as well, so that nobody has to come twice; one place is told of once
        checked = (*trace_sources(digest), *check_meaning(digest))
        raise DataError(in_order((*seen, *(finding for finding in checked if finding.place not in wrong))))
    return replace(digest, findings=in_order(seen))


def _again(digest: Digest, wanted: str, member: str) -> Digest:
    """A digest that was built or loaded before, for another period or member."""
    book = digest.book
    if wanted and book is not None and wanted != str(book.period):
        raise UsageError(f"这份简报的数据是按{book.period.chinese}汇集的", code="U105", hint="请重新读取项目")
    if digest.told and member and book is not None and member != book.name_of(book.scope):
        message = f"这份简报已按{book.name_of(book.scope)}编成，不能改作{member}的"
        raise UsageError(message, code="U109", hint="请从项目重新读取，或用 load_members 一次读取、逐个编成")
    told = _told(addressed(with_templates(_for_member(replace(digest, period=wanted or digest.period), member))))
    return digest if told == digest else told


def _for_member(digest: Digest, member: str) -> Digest:
    """The digest of one member; U106 where the roster has none of that name."""
    if not member or (digest.book is not None and member == digest.book.whole):
        return digest
    roster = digest.book.roster if digest.book else ()
    if digest.book is None or member not in roster:
        near = get_close_matches(member, roster, n=1, cutoff=0.3)
        some = f"名册里有：{'、'.join(roster)}" if roster else "项目没有名册，请在 [data] 中写 roster"
        hint = f"是否应为“{near[0]}”" if near else some
        raise UsageError(f"名册里没有“{member}”", code="U106", hint=hint)
    return replace(digest, book=digest.book.for_member(member))


def _told(digest: Digest) -> Digest:
    """The digest as it goes on: its charts spread over the book, with every fact it asks for."""
    if digest.book is None:
        return digest
    from digest.data.asked_for import with_facts_asked_for  # noqa: PLC0415  see `_book`
    from digest.data.shelf import Shelf  # noqa: PLC0415
    from digest.data.spreading import spread_charts  # noqa: PLC0415

    sections, findings = spread_charts(digest.sections, digest.book, Shelf(digest.book, digest.facts))
    return with_facts_asked_for(replace(digest, sections=sections, findings=(*digest.findings, *findings), told=True))


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, by file and line: the project file first, the others as they are named."""
    return told_once(sorted(dict.fromkeys(findings), key=_standing))


def _standing(finding: Finding) -> tuple[bool, str, int]:
    place = finding.place or Place("")
    line = _LINE.search(place.cell)  # tables of TOML have no lines and stay in the order they were read
    return place.file != PROJECT_FILE, place.file, int(line.group(1) or line.group(2)) if line else 0


def _wanted(period: str | None) -> str:
    if period is None:
        return ""
    try:
        return str(parse_period(period))
    except ValueError:
        raise UsageError(f"报告期“{period}”写法不对", code="U104", hint="请写成 2023-12、2023-Q4 或 2023") from None


def _project(folder: Path, seen: list[Finding]) -> Mapping[str, object]:
    if folder.is_file():
        raise UsageError(f"这是一个文件，不是文件夹：{folder}", code="U101", hint="请给出 digest.toml 所在的文件夹")
    if not folder.is_dir():
        raise UsageError(f"没有这个文件夹：{folder}", code="U101", hint="请给出含有 digest.toml 的项目文件夹")
    file = folder / PROJECT_FILE
    if not file.is_file():
        raise UsageError(
            f"文件夹中没有 {PROJECT_FILE}：{folder}", code="U102", hint="可以先用 init 新建一个项目，再改成自己的"
        )
    return _toml(file, PROJECT_FILE, seen)


def _toml(file: Path, shown: str, seen: list[Finding]) -> Mapping[str, object]:
    """The tables of a TOML file; UsageError naming the line where it is none."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{shown} 不能读取（{error.strerror}）", code="U103") from error
    text, notes = decode(data, shown)
    faults = [note for note in notes if note.severity == "error"]
    if faults:
        raise UsageError(f"{faults[0].place}：{faults[0].message}", code="U103", hint=faults[0].hint)
    seen += notes
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = _TOML_PLACE.search(str(error))
        line = f"第{where.group(1)}行第{where.group(2)}列附近" if where else "文件末尾"
        reason = _TOML_PLACE.sub("", str(error)).strip()
        raise UsageError(
            f"{shown} › {line}：不符合TOML写法（{reason}）", code="U103", hint="请检查引号、括号和等号是否成对"
        ) from None


def _read(
    folder: Path,
    project: Taken,
    wanted: str,
    seen: list[Finding],
    frames: Mapping[str, object] | None,
    connections: Mapping[str, object] | None,
) -> tuple[Digest, frozenset[str] | None]:
    """The digest as far as it can be read, for nobody yet; and the ids in rows of facts, None where none was read."""
    _known_frames(project, frames)
    top = schema.take_one(project, "digest", schema.HEADER, seen) or Taken(project.place)
    data = schema.take_one(project, "data", schema.DATA, seen) or Taken(project.place)
    period = _period(top, data, wanted, seen, dated=any(project.tables(key) for key in _OF_TABLES))
    files = {key: data.text(key).replace("{period}", period) for key in ("facts", "structures")}
    if "data" in project.values and not files["facts"] and not any(project.tables(key) for key in _OF_TABLES):
        hint = "请写数据文件，或者用 [[metric]] 和 [[table]] 写明数据表"
        seen.append(Finding("D103", "error", "缺少“facts”", data.where("facts"), hint=hint))
    programs = schema.take_each(project, "program", schema.PROGRAM, seen)
    sources = schema.take_each(project, "source", schema.DOCUMENT, seen)
    table = _table(folder, files["facts"], data.where("facts"), seen)
    facts, faults = read_facts(table)
    seen += tuple(untold(faults, seen))
    structures = _structures(folder, files["structures"], data.where("structures"), seen)
    mechanisms, commitments, commendations = read_structures(structures, seen)
    when = parse_period(period) if period else None
    book = _book(project, data, folder, when, seen, frames, connections)
    digest = Digest(
        header=read_header(top, period, seen),
        colophon=read_colophon(project, seen),
        sections=read_sections(project, folder, period, seen),
        programs=tuple(Program(taken.text("id"), taken.text("name")) for taken in programs),
        facts=(*facts, *(book.facts if book else ())),
        mechanisms=mechanisms,
        commitments=commitments,
        commendations=commendations,
        documents=tuple(read_document(folder, taken, seen) for taken in sources),
        period=period,
        book=book.book if book else None,
        ledgers=book.ledgers if book else (),
        phrases=project.names("phrases"),
        data_notes=read_data_notes(top, "auto" if book and (book.book or book.ledgers) else "never", seen),
    )
    in_rows = (row.cells["编号"].text for row in table.rows if "编号" in row.cells)
    return digest, frozenset(in_rows) if table.rows or not files["facts"] else None


def _book(
    project: Taken,
    data: Taken,
    folder: Path,
    period: Period | None,
    seen: list[Finding],
    frames: Mapping[str, object] | None,
    connections: Mapping[str, object] | None,
) -> ProjectBook | None:
    """What the tables of the project hold; a project without any need not wait for those who read them."""
    if not any(project.tables(key) for key in _OF_TABLES) and not any(data.values.get(key) for key in _ROSTER_KEYS):
        return None
    from digest.data.project_book import read_project_book  # noqa: PLC0415

    return read_project_book(project, data, folder, period, seen, frames=frames, connections=connections)


def _known_frames(project: Taken, frames: Mapping[str, object] | None) -> None:
    """U108 for a frame that stands in for no table."""
    titles = [str(table.get("title", "")) for key in ("table", "ledger") for table in project.tables(key)]
    for name in frames or ():
        if name not in titles:
            near = get_close_matches(name, titles, n=1)
            some = f"项目里的数据表有：{'、'.join(titles)}" if titles else "项目里没有 [[table]]"
            hint = f"是否应为“{near[0]}”" if near else some
            raise UsageError(f"没有叫“{name}”的数据表", code="U108", hint=hint)


def _period(top: Taken, data: Taken, wanted: str, seen: list[Finding], *, dated: bool) -> str:
    """The period told about: the one asked for where the data is kept by period, else the project's own."""
    written = top.text("period")
    if not written:
        return wanted
    try:
        own = str(parse_period(written))
    except ValueError:
        hint = "请写成 2023-12、2023-Q4 或 2023"
        seen.append(Finding("D106", "error", f"报告期写法不对：“{written}”", top.where("period"), written, hint))
        return wanted
    if wanted and wanted != own and not dated and "{period}" not in data.text("facts"):
        asked = parse_period(wanted).chinese
        raise UsageError(
            f"项目的报告期是{parse_period(own).chinese}，没有{asked}的数据",
            code="U105",
            hint="按期存放的数据，请在 [data] 的路径中写 {period}",
        )
    return wanted or own


def _table(folder: Path, path: str, place: Place, seen: list[Finding]) -> Table:
    """The facts table at `path`, such as `data/figures.csv` or `data/台账.xlsx#十二月`."""
    if not path:
        return Table()
    name, _, sheet = path.partition("#")
    file = find_file(folder, name, place, seen)
    if file is None:
        return Table()
    table, findings = read_table(file, name, sheet)
    seen += findings
    return table


def _structures(folder: Path, path: str, place: Place, seen: list[Finding]) -> Taken:
    """The tables of the structures file; none where the project has no such file."""
    file = find_file(folder, path, place, seen) if path else None
    tables = _toml(file, path, seen) if file else {}
    return schema.take(tables, schema.STRUCTURES, Place(path), seen)


_OF_TABLES: Final = ("metric", "table", "ledger")
_ROSTER_KEYS: Final = ("roster", "apart", "merged", "aliases", "since", "rounding")
_LINE: Final = re.compile(r"第(\d+)行|^[A-Z]{1,3}(\d+)$")
_TOML_PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")
