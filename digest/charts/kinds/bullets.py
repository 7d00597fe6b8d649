"""Progress against targets: a row each, what was reached over a pale track that ends at the target.

Every track is as long as the next, whatever its target counts, so one upright line says for all of them where the time
stands (时序进度). What was reached is drawn as a share of its target; the words beside it are those of the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from digest.charts.kit.bars import SIDE_CAP, Bar, draw_bars
from digest.charts.kit.keys import Key, bar_keys, draw_keys
from digest.charts.kit.pens import Fill, solid
from digest.charts.kit.points import draw_dot
from digest.charts.kit.readings import WHOLE, check_count, check_from_nought, check_some, read, said
from digest.charts.kit.shapes import dashed, joined
from digest.charts.kit.sheet import Sheet, Voice
from digest.charts.kit.words import lines_of, text_width, widest
from digest.charts.theme import TEXT, TICKS, WHITE, hex_of
from digest.errors import ChartError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from digest.charts.drawn import Drawn
    from digest.charts.kit.readings import Reading
    from digest.story.charts import Bullet, Bullets
    from digest.style import Style

KIND: Final = "进度图"
MOST_ROWS: Final = 20
BAR: Final = 11.0
NAME_LINE: Final = 12.0
NAME_ROOM: Final = 0.3  # of the measure
WORDS_ROOM: Final = 0.34
GAP: Final = 10.0  # between names, tracks and words
REACHED: Final = 10.0
REACHED_LINE: Final = 13.0
TARGET_LINE: Final = 11.5
RING: Final = 2.7
RING_STROKE: Final = 1.2
RING_ROOM: Final = 10.0
ROW_GAP: Final = 9.0
TARGET_STROKE: Final = 1.6
TARGET_REACH: Final = 3.0  # above and below the track
ZERO_LINE: Final = 0.8
TIME_LINE: Final = 0.8
TIME_WORDS: Final = 14.0
MOST_SHARE: Final = 2.0  # a bar longer than twice its target is broken
BREAK: Final = 3.0
BREAK_STROKE: Final = 1.2
KEYS_GAP: Final = 4.0
NO_PROGRESS: Final = "目标已定、尚无进度"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row with its words cut into lines; `share` of the target is None where nothing was reported."""

    share: float | None
    reading: Reading
    broken: bool
    name: tuple[str, ...]
    reached: tuple[str, ...]
    target: tuple[str, ...]

    @property
    def words_height(self) -> float:
        return len(self.reached) * REACHED_LINE + len(self.target) * TARGET_LINE

    @property
    def height(self) -> float:
        return max(len(self.name) * NAME_LINE, self.words_height, BAR + 2 * TARGET_REACH) + ROW_GAP


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the columns stand: the zero line, the length of a track, the words behind it."""

    zero: float
    track: float
    words: float


def drawn(chart: Bullets, style: Style) -> Drawn:
    """The figure; its height follows from the rows.

    `ChartError`: C131 no row or more than twenty; C132 a number below nought; C133 not a single number; C140 a target
    counted in another unit, a time before the beginning or after the end; C141 a target that is missing or nought.
    """
    _check(chart)
    sheet = Sheet(style)
    rows = [_row(bullet, sheet.width) for bullet in chart.rows]
    place = _place(rows, sheet.width)
    top = TIME_WORDS if chart.elapsed is not None else TARGET_REACH
    foot = top + sum(row.height for row in rows)
    for row, middle in _middles(rows, top):
        _draw_row(sheet, row, place, middle, style)
    zero = place.zero - ZERO_LINE / 2
    sheet.line(zero, top, zero, foot, ZERO_LINE, sheet.ink)
    if chart.elapsed is not None:
        _draw_time(sheet, chart, rows, place, top)
    deep = hex_of(style.palette.deep)
    traces = draw_bars(sheet, _bars(rows, place, top, (solid(hex_of(style.palette.pale)), solid(deep))))
    _draw_breaks(sheet, rows, place, top)
    keys = bar_keys((row.reading for row in rows), deep, "right")
    if any(row.broken for row in rows):
        keys.append(Key(None, "条上两道斜断：超过目标两倍，长度未按比例画"))
    return sheet.drawn(traces, draw_keys(sheet, foot + KEYS_GAP, keys) if keys else foot)


def _check(chart: Bullets) -> None:
    check_count(KIND, "行", len(chart.rows), MOST_ROWS)
    readings = [(row.label, read(value, WHOLE)) for row in chart.rows for value in (row.target, row.reached)]
    check_some(KIND, (reading for _, reading in readings))
    check_from_nought(KIND, readings)
    for row in chart.rows:
        target, reached = row.target.quantity, row.reached.quantity
        if target is None or not target.amount:
            message = f"“{row.label}”的目标是“{said(row.target)}”，进度图要有大于零的目标数"
            raise ChartError(message, code="C141", hint="没有目标数的事项请写进文字")
        if reached is not None and reached.unit and target.unit and reached.counted != target.counted:
            message = f"“{row.label}”报的是 {said(row.reached)}，目标是 {said(row.target)}，单位对不上"
            raise ChartError(message, code="C140", hint="进度和目标要用同一个单位")
    if chart.elapsed is not None and not 0 <= chart.elapsed <= 1:
        message = f"时序进度要在0和1之间，这里是 {float(chart.elapsed):g}"
        raise ChartError(message, code="C140", hint="7个月过去写成 7/12")


# ---------------------------------------------------------------------------------------------------- measuring


def _row(bullet: Bullet, width: float) -> _Row:
    reading, target = read(bullet.reached, WHOLE), read(bullet.target, WHOLE)
    share = float(reading.amount / target.amount) if reading.amount is not None and target.amount else None
    goal = target.said if target.said.startswith("目标") else f"目标{target.said}"
    room = width * WORDS_ROOM
    return _Row(
        None if share is None else min(share, MOST_SHARE),
        reading,
        share is not None and share > MOST_SHARE,
        lines_of(bullet.label, TEXT, width * NAME_ROOM),
        lines_of(_reached(bullet), REACHED, room),
        lines_of(goal + (f"，{bullet.deadline}" if bullet.deadline else ""), TICKS, room - RING_ROOM),
    )


def _reached(bullet: Bullet) -> str:
    missing = bullet.reached.quantity is None and not bullet.reached.display
    return NO_PROGRESS if missing else said(bullet.reached)


def _place(rows: Sequence[_Row], width: float) -> _Place:
    names = max(widest(row.name, TEXT) for row in rows)
    words = max(max(widest(row.reached, REACHED), widest(row.target, TICKS) + RING_ROOM) for row in rows)
    zero = names + GAP
    room = width - zero - GAP - words
    track = min(room - TARGET_STROKE, *(_longest_track(row, room) for row in rows))
    return _Place(zero, track, width - words)


def _longest_track(row: _Row, room: float) -> float:
    """As long as the track may be so that the bar of this row, with its cap, stays in the room."""
    tail = SIDE_CAP if row.reading.certain == "least" else 0.0
    return (room - tail) / row.share if row.share else room


# ---------------------------------------------------------------------------------------------------- drawing


def _middles(rows: Sequence[_Row], top: float) -> Iterable[tuple[_Row, float]]:
    """Each row with the y of its middle."""
    for row in rows:
        yield row, top + row.height / 2
        top += row.height


def _draw_row(sheet: Sheet, row: _Row, place: _Place, middle: float, style: Style) -> None:
    ochre = hex_of(style.palette.target)
    name = Voice(TEXT, sheet.ink, side="left")
    first = middle - NAME_LINE * (len(row.name) - 1) / 2
    for i, line in enumerate(row.name):
        sheet.say(place.zero - GAP, first + i * NAME_LINE, line, name)
    top, goal = middle - BAR / 2, place.zero + place.track
    if row.share is None:
        _draw_hollow(sheet, place, top, hex_of(style.palette.mid))
    if (row.share or 0.0) > 1:
        sheet.line(goal, top, goal, top + BAR, 2 * TARGET_STROKE, WHITE)
    sheet.line(goal, top - TARGET_REACH, goal, top + BAR + TARGET_REACH, TARGET_STROKE, ochre)
    _draw_words(sheet, row, place, middle, style)


def _draw_hollow(sheet: Sheet, place: _Place, top: float, color: str) -> None:
    half = ZERO_LINE / 2
    right, bottom = place.zero + place.track, top + BAR
    edges = dashed(place.zero, top + half, right, top + half), dashed(place.zero, bottom - half, right, bottom - half)
    sheet.path(edges, ZERO_LINE, color)


def _draw_breaks(sheet: Sheet, rows: Sequence[_Row], place: _Place, top: float) -> None:
    """Two slants through a bar that is not drawn to scale."""
    for row, middle in _middles(rows, top):
        if row.broken:
            x, edge = place.zero + MOST_SHARE * place.track, BAR / 2 + 1
            starts = (x - 4 * BREAK, x - 6 * BREAK)
            sheet.path([joined(((x, middle + edge), (x + BREAK, middle - edge))) for x in starts], BREAK_STROKE, WHITE)


def _draw_words(sheet: Sheet, row: _Row, place: _Place, middle: float, style: Style) -> None:
    ochre, words = hex_of(style.palette.target), hex_of(style.palette.target_text)
    y = middle - row.words_height / 2
    for line in row.reached:
        color = words if row.share is None else sheet.ink
        sheet.say(place.words, y + REACHED_LINE / 2, line, Voice(REACHED, color, bold=True))
        y += REACHED_LINE
    half = RING + RING_STROKE / 2
    draw_dot(sheet, place.words + half, y + TARGET_LINE / 2, half, ochre, WHITE, RING_STROKE)
    for line in row.target:
        sheet.say(place.words + RING_ROOM, y + TARGET_LINE / 2, line, Voice(TICKS, words))
        y += TARGET_LINE


def _draw_time(sheet: Sheet, chart: Bullets, rows: Sequence[_Row], place: _Place, top: float) -> None:
    """Where the time stands: dashed, and white where it crosses what was reached."""
    elapsed = float(chart.elapsed or 0)
    x = place.zero + elapsed * place.track
    foot = top + sum(row.height for row in rows)
    sheet.path([dashed(x, top, x, foot)], TIME_LINE, sheet.ink)
    for row, middle in _middles(rows, top):
        if (row.share or 0.0) > elapsed:
            sheet.line(x, middle - BAR / 2, x, middle + BAR / 2, TIME_LINE + 0.4, WHITE)
    words = chart.elapsed_words or "时序进度"
    half = text_width(words, TICKS) / 2
    x = min(max(x, half), sheet.width - half)
    sheet.say(x, TICKS / 2 + 1, words, Voice(TICKS, sheet.ink, side="center"))


def _bars(rows: Sequence[_Row], place: _Place, top: float, fills: tuple[Fill, Fill]) -> Iterable[Bar]:
    """Tracks, and what was reached over them."""
    track, fill = fills
    known = [(row, row.share, middle - BAR / 2) for row, middle in _middles(rows, top) if row.share is not None]
    for _, _, side in known:
        yield Bar(place.zero, place.zero + place.track, side, BAR, track, more="right")
    for row, share, side in known:
        yield Bar(place.zero, place.zero + share * place.track, side, BAR, fill, row.reading.certain, "right")


def alt_text(chart: Bullets) -> str:
    """Each row with what was reached, its target and until when."""
    time = f"（{chart.elapsed_words}）" if chart.elapsed_words else ""
    rows = "；".join(_told(row) for row in chart.rows)
    return f"{KIND}{time}。{rows}。"


def _told(row: Bullet) -> str:
    until = f"（{row.deadline}）" if row.deadline else ""
    return f"{row.label}{_reached(row)}，目标{said(row.target)}{until}"
