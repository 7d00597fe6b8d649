"""What an office reports, as frozen values: facts, mechanisms, commitments, commendations, and the digest around them.

Nothing here reads a file; `load.py` fills these values and people may build them in Python just as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from digest.data.book import Better, Book
    from digest.data.ledgers import IssueLedger
    from digest.data.quantity import Quantity
    from digest.findings import Finding, Place

FactKind = Literal[
    "stock",  # 存量
    "flow",  # 流量
    "event",  # 一次活动
    "target",  # 目标
    "share",  # 占比
    "rank",  # 位次
    "ordinal",  # 届次
    "date",  # 年份
    "duration",  # 时长
    "ledger_total",  # 台账总数
    "ledger_part",  # 台账分项
    "mechanism_count",  # 机制项数
    "duplicate",  # 同一数据的重复
    "change",  # 增减 (同比、环比)
    "rate",  # 完成率、时序进度、占比等推算的比率
]
Status = Literal["reported", "planned", "in_progress", "under_construction"]
MechanismKind = Literal[
    "parallel", "sequence", "workflow", "cycle", "hierarchy", "checklist", "criteria", "effect", "plan"
]


@dataclass(frozen=True, slots=True)
class Span:
    """The time a fact tells about (报告期): years or months as written, `text` in the source's words."""

    start: str = ""
    end: str = ""
    text: str = ""
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day, month or year a fact is true of (截至), as ISO text (`2023-12`); `basis` says how it was inferred."""

    date: str = ""
    text: str = ""
    inferred: bool = False
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from (来源): a document and its words, or a place in a table.

    `document` is the id of a `Document`; `quote` its words as they stand there, untouched. `speaker`, `department` and
    `outlet` are who said it, for whom, and who asked; empty where the source does not say. What comes from a table of
    figures has the title of the `table` as printed and says where in it, `at` (`济南 › 投入资金`), or what it was
    computed from; the cell itself is `cell`.
    """

    document: str = ""
    quote: str = ""
    speaker: str = ""
    department: str = ""
    outlet: str = ""
    cell: Place | None = None
    table: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A metric's quantity as reported (已报数据). The key is `id`, never the value: one value may mean two things.

    `label` is the short name used in strips and charts; `phrase` the clause a sentence is made of, with `{}` where the
    quantity goes (a metric and its quantity side by side where it is empty). `scope` is the region or body it covers.
    `of` names the fact this one is part of or repeats. `place` is where the fact itself stands in the project.
    `wording` is what it reads as in a sentence where that is more than its quantity (增长5.3%, 居第2位). `better` says
    whether more of it is good news. `computed` facts were made of others and say so where they are traced.
    `without` are members that the whole it tells of lacks (青岛未报).
    """

    id: str
    program: str
    metric: str
    quantity: Quantity
    kind: FactKind
    source: Source
    label: str = ""
    phrase: str = ""
    period: Span = field(default_factory=Span)
    as_of: AsOf = field(default_factory=AsOf)
    scope: str = ""
    status: Status = "reported"
    deadline: str = ""
    cumulative: bool | None = None
    of: str = ""
    note: str = ""
    place: Place | None = None
    wording: str = ""
    better: Better = ""
    computed: bool = False
    missing: str = ""
    without: tuple[str, ...] = ()

    @property
    def is_target(self) -> bool:
        """Whether this is promised rather than reached; such a fact is never printed as done."""
        return self.kind == "target" or self.status == "planned"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """A named set of items (机制): 四同, 四张清单, a workflow. `short` is the name for a narrow tab."""

    id: str
    program: str
    name: str
    kind: MechanismKind
    items: tuple[str, ...]
    source: Source
    short: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What is promised (下一步): by whom and until when; `owner_inferred` where the source names no subject."""

    id: str
    program: str
    text: str
    source: Source
    deadline: str = ""
    owner: str = ""
    owner_inferred: bool = False
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Commendation:
    """Recognition that a program received (表彰)."""

    id: str
    program: str
    name: str
    source: Source
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source document (来源文件): `text` is the body the quotes are looked up in, `title` how it is cited."""

    id: str
    file: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Program:
    """One initiative (工作项目)."""

    id: str
    name: str


# --- how the digest is to be composed ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Panel:
    """Facts of one unit, compared in one chart panel; `title` stands above it."""

    facts: tuple[str, ...]
    title: str = ""


ChartKind = Literal[
    "grouped", "stacked", "shares", "lines", "bars_line", "bullets", "heat", "slope", "small_lines", "small_bars",
    "donut", "waterfall", "funnel", "dots", "tiles",
]  # fmt: skip
"""What becomes of facts in a chart (图表种类): up to `small_bars` they stand in series, from `donut` on in a row."""
SeriesRole = Literal["actual", "earlier", "target"]
"""Whether a series was reported, a year before (同期), or is to be reached (目标)."""


@dataclass(frozen=True, slots=True)
class Short:
    """What a chart over the book, or one of its series, says in short (简写): what is spread over what.

    `months` are so many up to the digest's period, `members` names or 全部, `metrics` ids. `aspect` is what is asked
    of each number (`cumulative` or 累计); `shift` asks for that of a year before (上年) or of the last period (上期).
    """

    months: int = 0
    members: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    aspect: str = ""
    shift: str = ""


@dataclass(frozen=True, slots=True)
class SeriesSpec:
    """Facts of one name, one for each category; an empty id is a value that nobody reported (未报)."""

    name: str
    facts: tuple[str, ...]
    role: SeriesRole = "actual"
    short: Short | None = None


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart of one of the kinds: facts by id in `series` over `categories`, or in a row, which `categories` may name.

    Facts of a waterfall but its first and last have their sign before them (`+a.new`, `-a.done`). `total` is the fact
    of the whole of a donut, `mean` that of a line across dots, `elapsed` that of the time that is over (时序进度).
    `stressed` names dots or lines to be seen first, `grid` the tiles of a map by row. An empty `caption` gets a
    generated one. What is `short` is spread into facts before anything is made of it (`spreading.py`).
    """

    kind: ChartKind
    categories: tuple[str, ...] = ()
    series: tuple[SeriesSpec, ...] = ()
    facts: tuple[str, ...] = ()
    total: str = ""
    mean: str = ""
    elapsed: str = ""
    stressed: tuple[str, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    note: str = ""
    place: Place | None = None
    short: Short | None = None


@dataclass(frozen=True, slots=True)
class CoverageSpec:
    """A coverage bar: the roster's members, all covered but those in `missing`; `fact` counts the covered."""

    fact: str
    roster: tuple[str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerSpec:
    """A ledger bar: `total` and its `parts`; the rest is computed and shown as not stated."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlotlySpec:
    """A chart of the office's own: `figure` is a `go.Figure` or Plotly JSON (`data`, `layout`) as a mapping.

    `source` is printed under the caption, `alt` tells what is to be seen to those who cannot (empty: it is told from
    the figure), `facts` are the ids of the facts it shows. `place` is the project's file it stands in.
    """

    figure: Any
    caption: str
    source: str = ""
    alt: str = ""
    facts: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of figures in a part: a row for each member of the roster, month or metric, a column for each fact.

    `columns` are ids without what the rows give: `slgj.funds.yoy` in a table of members is each member's 同比. `months`
    is how many the rows hold, up to the digest's period. `whole` says where the row of the whole stands.
    `spark` is an id whose last months stand in a column of their own as a small line. `highlight` marks the row of the
    member the digest is for.
    """

    rows: Literal["members", "months", "metrics"]
    columns: tuple[str, ...]
    members: tuple[str, ...] = ()
    metrics: tuple[str, ...] = ()
    months: int = 0
    whole: Literal["first", "last", "none"] = "last"
    spark: str = ""
    sort: str = ""
    caption: str = ""
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class EntriesSpec:
    """Rows of an issue ledger in a part (台账明细): which ledger, which of its entries, how many at most (0: all)."""

    ledger: str
    show: Literal["all", "open", "overdue", "new", "closed"] = "open"
    limit: int = 0
    caption: str = ""
    note: str = ""
    place: Place | None = None


Audience = Literal["all", "whole", "members"]
"""For which digests a section or part is: all, that of the whole, or those of single members."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with conditions (文字模板): what its `file` is called, and its `text`."""

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a section: a written or generated paragraph and what illustrates it, in reading order.

    `text` is written by the office: numbers come in by `{fact.id}`; a number that names no fact is marked plain as
    `{=16}`. `narrate` lists facts to make sentences of, and metrics of the book. An empty `caption` gets a generated
    one. `tables` and `entries` are tables of the book and of its issue ledgers.
    A `template` is filled in for the period and member of the book, and takes the place of `text`.
    """

    title: str = ""
    text: str = ""
    narrate: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    panels: tuple[Panel, ...] = ()
    plotly: tuple[PlotlySpec, ...] = ()
    charts: tuple[ChartSpec, ...] = ()
    coverage: CoverageSpec | None = None
    ledger: LedgerSpec | None = None
    mechanisms: tuple[tuple[str, ...], ...] = ()
    targets: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    commendations: tuple[str, ...] = ()
    caption: str = ""
    note: str = ""
    place: Place | None = None
    tables: tuple[TableSpec, ...] = ()
    entries: tuple[EntriesSpec, ...] = ()
    audience: Audience = "all"
    template: Template | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the digest: the programs it reports on; without `parts` it is composed from what they hold."""

    title: str
    programs: tuple[str, ...]
    parts: tuple[Part, ...] = ()
    place: Place | None = None
    audience: Audience = "all"


@dataclass(frozen=True, slots=True)
class Header:
    """The masthead and what stands under it (报头): `issue` and `total_issue` are 期号 and 总期号 (0: none).

    `date` is an ISO date or month (`2023-12`). `notice` is a line for the reader about the whole issue, such as
    示例数据; `headlines` the ids of the facts of the opening strip, an `a/b` pair printing as 95/196. `terms` are words
    of the house that lines keep whole, beside the names of the programs. `running` stands at the head of every page.
    """

    name: str
    title: str = ""
    unit: str = ""
    date: str = ""
    issue: int = 0
    total_issue: int = 0
    notice: str = ""
    intro: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    place: Place | None = None
    running: str = ""


@dataclass(frozen=True, slots=True)
class Colophon:
    """报尾: whom it is reported, sent and issued to, and how many copies; what is empty is not printed."""

    report_to: tuple[str, ...] = ()
    send_to: tuple[str, ...] = ()
    issue_to: tuple[str, ...] = ()
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """A whole digest, ready to be drafted: all that `load` found, in the order of the project's files.

    `book` holds what tables reported by period and member, `ledgers` the issues of each program. `phrases` are words
    of the house that the project puts in place of ours. `data_notes` says whether what was wrong with the data is
    printed (数据质量说明): wherever there is a warning (`auto`), always, never. `told` says that what its book
    was asked for is in it, so that it can be no other member's.
    """

    header: Header
    sections: tuple[Section, ...]
    programs: tuple[Program, ...]
    facts: tuple[Fact, ...]
    mechanisms: tuple[Mechanism, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    commendations: tuple[Commendation, ...] = ()
    documents: tuple[Document, ...] = ()
    colophon: Colophon = field(default_factory=Colophon)
    period: str = ""
    findings: tuple[Finding, ...] = ()
    book: Book | None = None
    ledgers: tuple[IssueLedger, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    data_notes: Literal["auto", "always", "never"] = "never"
    told: bool = False

    def fact(self, key: str) -> Fact:
        """The fact of that id; KeyError where there is none."""
        for fact in self.facts:
            if fact.id == key:
                return fact
        raise KeyError(key)
