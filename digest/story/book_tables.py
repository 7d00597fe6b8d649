"""Book tables (数据表): what the book holds, set as a table: members, months or metrics by what is asked of them.

Units stand in the head and never in a cell. Where there is no number stands —, and a note says why; nothing is made
nought. Every number knows which fact it is.

F360 a column without any number is left away   F361 so is a table without any
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from digest.data.aspects import ASPECT_OF, OF_ONE_MEMBER, short_id, unit_of
from digest.data.derived import note_on_shares
from digest.data.incomparable import Incomparable
from digest.data.model import Fact
from digest.data.over_time import periods_until
from digest.data.short_charts import ALL
from digest.findings import Finding
from digest.story.blocks import Caption, Run, Sparkline, Table, TableRow, plain
from digest.story.cell_words import cell_words, padded, places
from digest.story.charts import Value
from digest.story.table_heads import Title, heads
from digest.story.wording import NOT_REPORTED, full_width, months_joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from digest.data.book import Aspect, Book
    from digest.data.model import TableSpec
    from digest.data.over_time import Reach
    from digest.data.period import Period
    from digest.data.shelf import Shelf
    from digest.story.blocks import Block, Text
    from digest.story.desk import Desk

DASH: Final = "—"
MARKS: Final = "①②③④⑤⑥⑦⑧⑨⑩"
_MONTHS: Final = 12  # of a table of months and of a small line, where nobody says how many
_REASONS: Final = 3  # told in one note
_FEW: Final = 5  # columns; more are set in small type
_FIRST: Final = {"members": "地区", "months": "月份", "metrics": "指标"}
_WHY: Final[Mapping[str, str]] = {
    "blank": "没有填写",
    "dash": "填的是“—”",
    "nothing": "填的是“无”",
    "not_applicable": "不适用",
    "left_out": "从略",
    "unknown": "不详",
    "not_reported": NOT_REPORTED,
    "unread": "填写内容无法识别",
}
_OF_COURSE: Final = frozenset({"no_reach", "of_whole"})  # reasons that a reader does not ask for: a stock has no 累计
_POINTS, _UPTO = "单位为百分点", "按累计数计算"  # where a column of metrics holds what its head does not say
_OF_THE_YEAR: Final[frozenset[Aspect]] = frozenset({"target", "elapsed"})
_OF_OWN_REACH: Final[frozenset[Aspect]] = frozenset({"yoy", "yoy_amount", "rank", "share", "contribution"})


class Line(NamedTuple):
    """A row to be: its label, whose number and of when it is, and how it is set."""

    label: str
    metric: str = ""
    member: str = ""
    period: Period | None = None
    sums: bool = False
    strong: bool = False


class Asked(NamedTuple):
    """What a cell asks the book for; `member` is empty for the whole."""

    metric: str
    member: str
    period: Period
    aspect: Aspect


def table_blocks(spec: TableSpec, desk: Desk) -> list[Block]:
    """The table, numbered, or nothing where there is nothing to set; findings are put to the desk."""
    book = desk.digest.book
    if book is None:
        return []
    caption = Caption("", full_width(spec.caption) or table_words(spec, book))
    table, doubts = book_table(spec, desk.facts, caption)
    desk.findings += doubts
    return [replace(table, caption=replace(caption, label=desk.tables.next()))] if table else []


def table_words(spec: TableSpec, book: Book) -> str:
    """What a table shows, where nobody wrote a caption: `2026年10月各地投入资金、联建村情况`."""
    if spec.rows == "metrics":
        return f"{book.period.chinese}{book.scope}主要指标情况"
    asked = (book.parse(key) for key in spec.columns)
    names = "、".join(dict.fromkeys(book.metrics[one.metric].name for one in asked if one))
    return f"{book.scope}各月{names}情况" if spec.rows == "months" else f"{book.period.chinese}各地{names}情况"


def book_table(spec: TableSpec, shelf: Shelf, caption: Caption) -> tuple[Table | None, tuple[Finding, ...]]:
    """The table and what was left away; None where there is no number at all. Ids that nobody knows are a KeyError."""
    if shelf.book is None:
        raise KeyError(spec.columns)
    setting = _Setting(spec, shelf, shelf.book)
    return setting.table(caption), tuple(setting.findings)


class _Setting:
    """One table over one book."""

    def __init__(self, spec: TableSpec, shelf: Shelf, book: Book) -> None:
        self.spec, self.shelf, self.book = spec, shelf, book
        self.findings: list[Finding] = []
        self.notes: dict[str, str] = {}
        self.reasons: dict[str, None] = {}
        self.tables: dict[str, None] = {}
        self.places: dict[int, int] = {}

    def table(self, caption: Caption) -> Table | None:
        """Rows and head, with all that has to be said below."""
        lines = self.sorted(self.lines())
        columns = [n for n in range(len(self.spec.columns)) if any(self.fact(line, n) for line in lines)]
        if not columns:
            message = f"“{caption.text}”没有一个已报的数，没有列表"
            self.findings.append(Finding("F361", "note", message, self.spec.place))
            return None
        titles = [self.title(n) for n in range(len(self.spec.columns))]
        bare, _ = heads(titles, self.book.period)
        for n, column in enumerate(bare):
            if n not in columns:
                message = f"“{caption.text}”中“{column.title}”没有一个数，没有列出"
                self.findings.append(Finding("F360", "note", message, self.spec.place))
        first = [Title(_FIRST[self.spec.rows], align="left")]
        if self.spec.rows == "metrics":
            first.append(Title("单位", align="center"))
        sparks = self.sparks(lines)
        length = "个月" if self.book.period.month else "个季度" if self.book.period.quarter else "年"
        last = [Title(f"近{self.months}{length}", align="center")] if sparks else []
        done, head = heads([*first, *(titles[n] for n in columns), *last], self.book.period)
        self.places = {n: self.decimals(lines, n) for n in columns}
        rows = tuple(self.row(line, columns, sparks.get(n)) for n, line in enumerate(lines))
        small = len(done) > _FEW
        return Table(done, _apart(rows, lines), caption, self.all_notes(lines, columns), small=small, head=head)

    # --- rows ---------------------------------------------------------------------------------------

    @property
    def months(self) -> int:
        """How many a table of months and a small line go back."""
        return self.spec.months or _MONTHS

    def lines(self) -> list[Line]:
        """The rows from the top, with that of the whole where it is wanted."""
        book = self.book
        if self.spec.rows == "metrics":
            return [Line(book.metrics[one].name, metric=one, member=book.scope) for one in self.spec.metrics]
        if self.spec.rows == "months":
            lines = [
                Line(one.chinese, member=book.scope, period=one) for one in periods_until(book.period, self.months)
            ]
            first = next((n for n, line in enumerate(lines) if self.any_fact(line)), len(lines))
            return lines[first:]
        named = self.spec.members or (ALL,)
        members = [one for name in named for one in (book.roster if name == ALL else (name,)) if one != book.whole]
        lines = [Line(one, member=one, strong=one == book.scope) for one in members]
        beside = [Line(one, member=one) for one in book.apart if one not in members and ALL in named]
        lines += [line for line in beside if self.any_fact(line)]
        whole = Line(book.whole, sums=True)
        placed = {"first": [whole, *lines], "last": [*lines, whole], "none": lines}
        return placed[self.spec.whole]

    def sorted(self, lines: list[Line]) -> list[Line]:
        """Members by a number of theirs, the most first, places from the first on; the others stay where they are."""
        asked = self.book.parse(self.spec.sort) if self.spec.sort else None
        if asked is None or self.spec.rows != "members":
            return lines

        def standing(line: Line) -> tuple[bool, object]:
            member = line.member or self.book.whole
            answer = self.shelf.ask(
                short_id(self.book, asked.metric, member, asked.period or self.book.period, asked.aspect)
            )
            if isinstance(answer, Incomparable):
                return True, 0
            return False, answer.quantity.amount * (1 if asked.aspect == "rank" else -1)

        moving = sorted((line for line in lines if line.member in self.book.roster), key=standing)
        return [moving.pop(0) if line.member in self.book.roster else line for line in lines]

    def row(self, line: Line, columns: Sequence[int], spark: Sparkline | None) -> TableRow:
        """Its cells; that of the whole sums up the others, where it stands below them."""
        cells: list[Text | Sparkline] = [self.run(line.label, line)]
        if self.spec.rows == "metrics":
            cells.append(plain(self.book.metrics[line.metric].unit))
        cells += [self.cell(line, n) for n in columns]
        if spark:
            cells.append(spark)
        last = line.sums and self.spec.whole == "last"
        return TableRow(tuple(cells), sums="total" if last else "")

    def run(self, text: str, line: Line, fact: str = "") -> Text:
        """Words in a row; those of the digest's own member, and of a whole that stands first, are seen first."""
        strong = line.strong or (line.sums and self.spec.whole == "first")
        return (Run(text, "strong" if strong else "body", fact),)

    # --- cells --------------------------------------------------------------------------------------

    def asked(self, line: Line, n: int) -> Asked:
        """What the cell of a row in the nth column asks for."""
        word = self.spec.columns[n]
        if self.spec.rows == "metrics":
            metric, aspect = self.book.metrics[line.metric], ASPECT_OF[word]
            if aspect == "value" and metric.accumulates:
                aspect = "alone"  # the head says 本月
            return Asked(line.metric, line.member, self.book.period, aspect)
        asked = self.book.parse(word)
        if asked is None:
            raise KeyError(word)
        member = asked.member if asked.member is not None and self.spec.rows == "months" else line.member
        return Asked(asked.metric, member, line.period or asked.period or self.book.period, asked.aspect)

    def answer(self, asked: Asked) -> Fact | Incomparable:
        """The fact or why there is none."""
        member = asked.member or self.book.whole
        return self.shelf.ask(short_id(self.book, asked.metric, member, asked.period, asked.aspect))

    def fact(self, line: Line, n: int) -> Fact | None:
        """The fact of a cell, if there is one."""
        answer = self.answer(self.asked(line, n))
        return answer if isinstance(answer, Fact) else None

    def any_fact(self, line: Line) -> bool:
        """Whether a row has a number."""
        return any(self.fact(line, n) for n in range(len(self.spec.columns)))

    def cell(self, line: Line, n: int) -> Text:
        """The number of a cell without its unit, or — with the mark of a note."""
        asked = self.asked(line, n)
        answer = self.answer(asked)
        if isinstance(answer, Incomparable):
            return self.run(DASH + self.why(line, asked, answer), line)
        self.tables[answer.source.table] = None
        metric = self.book.metrics[asked.metric]
        words = cell_words(answer.quantity, unit_of(metric, asked.aspect))
        if answer.quantity.exact:
            words = padded(words, self.places[n])
        if asked.aspect in {"value", "alone", "cumulative"} and answer.note:
            words += self.mark(f"{self.subject(line, asked)}为{answer.note}")
        silent = self.silent(asked)
        if silent:
            words += self.mark(f"{'、'.join(silent)}“{metric.name}”未报，{self.book.whole}数为表中所填合计")
        if self.spec.rows == "metrics":
            words += self.mark(_POINTS) if unit_of(metric, asked.aspect) == "百分点" else ""
            upto = metric.accumulates and metric.reach == "cumulative" and asked.aspect in _OF_OWN_REACH
            words += self.mark(_UPTO) if upto else ""
        return self.run(words, line, answer.id)

    def decimals(self, lines: Sequence[Line], n: int) -> int:
        """How many places behind the point all exact numbers of a column of one metric have: those of the most exact.
        Metrics one under another have each its own.
        """
        if self.spec.rows == "metrics":
            return 0
        facts = [(self.asked(line, n), self.fact(line, n)) for line in lines]
        exact = [(asked, fact.quantity) for asked, fact in facts if fact and fact.quantity.exact]
        metrics = self.book.metrics
        return max((places(cell_words(one, unit_of(metrics[of.metric], of.aspect))) for of, one in exact), default=0)

    def why(self, line: Line, asked: Asked, reason: Incomparable) -> str:
        """The mark of a note on what was not reported; reasons of another kind are gathered in one."""
        known = self.book.known(asked.metric, asked.member, asked.period, self.reach(asked))
        if known is not None and known.quantity is None and known.why in _WHY:
            return self.mark(f"{self.subject(line, asked)}{_WHY[known.why]}")
        beside = known is None and asked.member in self.book.apart  # who is no member need not report
        if not beside and reason.reason not in _OF_COURSE and not (asked.aspect in OF_ONE_MEMBER and not asked.member):
            self.reasons[reason.message] = None
        return ""

    def silent(self, asked: Asked) -> list[str]:
        """Members that did not report what the tables sum up all the same; whether they are in the sum nobody says."""
        reach = self.reach(asked)
        given = self.book.at(asked.metric, "", asked.period, reach)
        if asked.member or given is None or given.quantity is None or asked.aspect in _OF_THE_YEAR:
            return []
        told = ((one, self.book.at(asked.metric, one, asked.period, reach)) for one in self.book.roster)
        return [one for one, known in told if known and known.quantity is None and known.why != "not_applicable"]

    def reach(self, asked: Asked) -> Reach:
        """What is asked of: 当月 or 累计."""
        of = self.book.metrics[asked.metric]
        return asked.aspect if asked.aspect in {"alone", "cumulative"} else of.reach

    def subject(self, line: Line, asked: Asked) -> str:
        """Whose number it is: `青岛“认领服务项目”`."""
        name = f"“{self.book.metrics[asked.metric].name}”"
        return name if self.spec.rows == "metrics" else f"{line.label}{name}"

    def mark(self, note: str) -> str:
        """The mark that a note goes by; one beyond the last mark has none and is still told."""
        if note not in self.notes:
            self.notes[note] = MARKS[len(self.notes)] if len(self.notes) < len(MARKS) else ""
        return self.notes[note]

    def title(self, n: int) -> Title:
        """What the nth column is called."""
        word = self.spec.columns[n]
        if self.spec.rows == "metrics":
            return Title(aspect=ASPECT_OF[word])
        asked = self.book.parse(word)
        if asked is None:
            raise KeyError(word)
        return Title(metric=self.book.metrics[asked.metric], aspect=asked.aspect)

    def sparks(self, lines: Sequence[Line]) -> dict[int, Sparkline]:
        """The last months of every row as a small line; none at all where no row has two of them."""
        if not self.spec.spark or self.spec.rows == "months":
            return {}
        wanted = self.book.parse(self.spec.spark)
        metric, aspect = (wanted.metric, wanted.aspect) if wanted else ("", ASPECT_OF.get(self.spec.spark, "value"))
        found: dict[int, Sparkline] = {}
        periods = periods_until(self.book.period, self.months)
        for number, line in enumerate(lines):
            asked = (Asked(metric or line.metric, line.member, one, aspect) for one in periods)
            found[number] = Sparkline(tuple(map(self.value, asked)))
        told = (sum(value.quantity is not None for value in spark.values) for spark in found.values())
        return found if max(told, default=0) > 1 else {}

    def value(self, asked: Asked) -> Value:
        """A number of a small line."""
        answer = self.answer(asked)
        if isinstance(answer, Incomparable) or answer.missing:
            return Value(display=NOT_REPORTED)
        return Value(answer.quantity, str(answer.quantity), answer.id)

    # --- what is said below -------------------------------------------------------------------------

    def all_notes(self, lines: Sequence[Line], columns: Iterable[int]) -> tuple[str, ...]:
        """Why numbers are missing, that shares are rounded, what the project adds, and the tables all is from."""
        told = [f"{mark} {note}。" if mark else f"{note}。" for note, mark in self.notes.items()]
        if self.reasons:
            some = "；".join(months_joined(reason) for reason in list(self.reasons)[:_REASONS])
            told.append(f"“{DASH}”：{some}{'等' if len(self.reasons) > _REASONS else ''}。")
        parts = [line for line in lines if not line.sums]
        if self.spec.rows == "members" and {line.member for line in parts} >= set(self.book.roster):
            for n in (n for n in columns if self.title(n).aspect == "share"):
                shares = [fact for fact in (self.fact(line, n) for line in parts) if fact]
                told.append(f"{note_on_shares(shares)}。" if len(shares) == len(parts) else "")
        tables = "、".join(full_width(table) for table in self.tables if table)
        source = f"来源：{tables}。" if tables else ""
        return tuple(dict.fromkeys(filter(None, (*(one for one in told if one != "。"), self.spec.note, source))))


def _apart(rows: tuple[TableRow, ...], lines: Sequence[Line]) -> tuple[TableRow, ...]:
    """With a rule between a whole that stands first and the others."""
    if len(rows) < 2 or not lines[0].sums or rows[0].sums:  # noqa: PLR2004 - the whole and one below it
        return rows
    return (rows[0], replace(rows[1], rule_above=True), *rows[2:])
