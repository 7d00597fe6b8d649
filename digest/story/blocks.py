"""The blocks of a digest in reading order (版块): what the story room hands on and layout sets.

Text is never markup: a `Run` holds characters as they print. A `Chart` is still to be drawn; `illustrate` turns it into
a `Plate`, and the draft into a story.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from digest.drawing import Picture
    from digest.story.charts import AnyChart, Value

Voice = Literal["body", "strong", "kai", "lead", "dots"]
"""How a run sounds: body text, stressed (hei), quoted (kai), a run-in heading (kai), body text with a dot under every
character (着重号).
"""

Level = Literal[1, 2, 3, 4]
"""How deep a heading stands."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one voice. `fact` is the id of the fact they print; `pages_of` asks layout for the pages on which
    that fact or heading stands (`fact:slgj.funds`, `section:1`) and prints those instead of `text`. In a paragraph a
    run with a `note` is the mark of a footnote (`①`): the note stands at the foot of its page behind the same mark.
    """

    text: str
    voice: Voice = "body"
    fact: str = ""
    pages_of: str = ""
    note: str = ""


Text = tuple[Run, ...]


def plain(text: str, voice: Voice = "body") -> Text:
    """One run of that text."""
    return (Run(text, voice),) if text else ()


def reads(text: Text) -> str:
    """The characters of a text, as written."""
    if len(text) == 1:
        return text[0].text
    return "".join([run.text for run in text])


@dataclass(frozen=True, slots=True)
class Caption:
    """图1 or 表2 with its words; `label` is `图1`."""

    label: str
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The red head of the first page (报头)."""

    name: str
    issue: str
    unit: str
    date: str
    notice: str


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A line of 本期要目 or 目录; `level` is that of its heading."""

    number: str
    text: str
    anchor: str
    level: Level = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """Headings with their pages. In two columns of small type it is 本期要目 on the first page, in one column of body
    type 目录, which may take pages of its own (`PageBreak` before and after it).
    """

    heading: str
    entries: tuple[ContentsEntry, ...]
    columns: Literal[1, 2] = 2


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the issue, 2号小标宋 centred. Without a masthead `unit` stands above it, `subtitle` and `date`
    below.
    """

    text: str
    unit: str = ""
    subtitle: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Metric:
    """One cell of a strip: the figure large with its qualifier (`2700余`, `近5亿`), the unit beside it, and under its
    label by how much it changed (`同比增长8.6%`), where that is known.
    """

    value: str
    unit: str
    label: str
    note: str
    facts: tuple[str, ...]
    change: str = ""


@dataclass(frozen=True, slots=True)
class MetricStrip:
    """Up to four metrics side by side."""

    metrics: tuple[Metric, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `number` is `一、`, `（一）`, `1.` or `（1）` by its level (GB/T 9704-2012, 7.3.3), `anchor` the name
    links go to. The levels are set in 黑体, 楷体, 仿宋 and 仿宋, and nest in the outline.
    """

    number: str
    text: str
    anchor: str
    level: Level = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text, indented two characters; `heading` runs in at its beginning."""

    text: Text
    heading: Heading | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list: `mark` is `1.`, `①` or `附件1：`."""

    mark: str
    text: Text


@dataclass(frozen=True, slots=True)
class Points:
    """A list. The marks stand where paragraphs begin, further lines under the first character of the text."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a new page. Two in a row leave an empty one."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Who said what a section reports, in small type at its end."""

    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart still to be drawn (`story/charts.py`)."""

    chart: AnyChart
    caption: Caption
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plate:
    """A chart that was drawn, 1:1 at the measure."""

    picture: Picture
    caption: Caption
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """A roster as squares: filled where covered, hollow where not."""

    members: tuple[tuple[str, bool], ...]
    caption: Caption
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerPart:
    """A share of a ledger bar; `stated` is False for the rest nobody reported on (hatched)."""

    label: str
    display: str
    size: float
    stated: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger bar: parts from left to right, the total at the end."""

    parts: tuple[LedgerPart, ...]
    total: str
    caption: Caption
    facts: tuple[str, ...] = ()


DiagramKind = Literal["parallel", "chain", "cycle", "hierarchy", "checklist", "pairs"]


@dataclass(frozen=True, slots=True)
class DiagramRow:
    """One mechanism drawn: `tab` names it at the left of a parallel row (empty: no tab)."""

    kind: DiagramKind
    tab: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagram:
    """Mechanisms under one caption."""

    rows: tuple[DiagramRow, ...]
    caption: Caption


@dataclass(frozen=True, slots=True)
class Target:
    """A promise with its deadline in words and where it stands."""

    deadline: str
    text: Text
    status: str


@dataclass(frozen=True, slots=True)
class Targets:
    """Rows of targets, each with a hollow mark."""

    rows: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Honours:
    """Recognitions received, one a line; `label` stands before them (获得认可)."""

    label: str
    items: tuple[Text, ...]


Align = Literal["left", "right", "center", "decimal"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: `width` in points, or 0 to find it from the cells; `digits` sets it in a tabular face.

    `decimal` puts the points of its figures one under another, in tabular digits; what is no figure stands in the
    middle. Equal cells of a `merge` column that follow one another become one cell over their rows. `key` columns
    stand again in every part of a table too wide for the page; where none is named, the first one does. Sparklines of
    a column with `one_scale` can be compared with each other; else each has a scale of its own.
    """

    title: str
    width: float = 0.0
    align: Align = "left"
    voice: Voice = "body"
    digits: bool = False
    merge: bool = False
    key: bool = False
    one_scale: bool = False


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a head of several levels, over `across` columns and `down` levels.

    With `corner` it is cut by a slanting line (斜线表头): `title` names the columns at the upper right, `corner` the
    rows at the lower left.
    """

    title: str
    across: int = 1
    down: int = 1
    corner: str = ""


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A dozen values or two in a cell of a table, as a small line or small bars (迷你图): a gap where one is missing.

    The last value is a dot (a dark bar). `zero` draws a hairline at nought, on which bars stand anyway; `extremes`
    marks the lowest and the highest value, if all are exact. A value with a qualifier is drawn by its bound; the words
    for it stand elsewhere. All values count the same thing.
    """

    values: tuple[Value, ...]
    kind: Literal["line", "bars"] = "line"
    zero: bool = False
    extremes: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells in the order of the columns; `ring` marks a target; `rule_above` sets off a group; `anchor` is linked to.

    A `group` row has one cell over all columns and names the rows below it; it never ends a page. A row that `sums`
    (小计, 合计) is set off by hairlines and never begins a page.
    """

    cells: tuple[Text | Sparkline, ...]
    group: bool = False
    ring: bool = False
    rule_above: bool = False
    anchor: str = ""
    sums: Literal["", "subtotal", "total"] = ""


Wide = Literal["auto", "panels", "turned"]
"""What becomes of a table that is too wide for the page: it goes on below with its next columns (分段), or stands on
turned pages (横排). `auto` is panels where two of them stand on one page, so that the table is seen whole without
turning the sheet, or where turning would save none, and else turned pages. One that is `turned` stands so even where
it would fit.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in three rules. `small` sets it as the annex is set; what goes on over a page has its head again as 续表.

    `head` holds levels of head cells from the top, each filling the first free columns from the left, as rows of a
    form do; where it is empty the titles of the columns are the head. `unit` is what all figures are counted in
    (`万元`), printed flush right above the table. A form is filled with blank rows up to `min_rows`. A table that does
    not `span` the measure is as wide as its cells and stands in the middle. `uprights` draws hairlines between the
    groups of the head. `wide` says what becomes of it where it is wider than the measure.
    """

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    caption: Caption
    notes: tuple[str, ...] = ()
    small: bool = False
    anchor: str = ""
    head: tuple[tuple[HeadCell, ...], ...] = ()
    unit: str = ""
    min_rows: int = 0
    span: bool = True
    uprights: bool = False
    wide: Wide = "auto"


@dataclass(frozen=True, slots=True)
class ColophonBlock:
    """报尾, at the foot of the last page: lines such as (`报：`, `…`), the date at the left, copies at the right."""

    lines: tuple[tuple[str, str], ...]
    date: str
    copies: str


Block = (
    Masthead
    | Contents
    | Title
    | MetricStrip
    | Heading
    | Paragraph
    | Points
    | PageBreak
    | SourceLine
    | Chart
    | Plate
    | Coverage
    | Ledger
    | Diagram
    | Targets
    | Honours
    | Table
    | ColophonBlock
)


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says of itself: title, author (the issuing unit), subject, creation date (ISO, may be a month)."""

    title: str
    author: str
    subject: str
    date: str


@dataclass(frozen=True, slots=True)
class Story:
    """Blocks in reading order. A draft may hold charts; after `illustrate` none is left (文稿). `running` stands at the
    head of every page (页眉). `terms` are words of the house that no line parts but where it must, such as 双联共建.
    """

    meta: Meta
    blocks: tuple[Block, ...]
    running: str = ""
    terms: tuple[str, ...] = ()
