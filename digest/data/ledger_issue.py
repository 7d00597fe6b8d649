"""One issue of a ledger from its lines (逐条读入): its dates and its state as they were written, and what contradicts.

A state is what somebody wrote, never what a date suggests.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from digest.data.ledger_dates import STANDING, first_day, is_dated, last_day, last_day_of, read_day
from digest.data.ledger_words import is_color, state_of
from digest.data.ledgers import Issue
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.data.ledger_head import Head
    from digest.data.ledger_words import Field
    from digest.data.ledgers import State
    from digest.data.period import Period
    from digest.findings import Place

DateField = Literal["raised", "deadline", "closed"]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table by field: its words, what is stored, number formats, and the places of its cells."""

    place: Place
    texts: Mapping[Field, str]
    values: Mapping[Field, object]
    formats: Mapping[Field, str]
    places: Mapping[Field, Place]


def issue_of(
    lines: Sequence[Line], head: Head, states: Mapping[str, State], period: Period, seen: list[Finding]
) -> Issue:
    """The issue that these lines tell of: one, or several where its problem is written once for all of them.

    Put to `seen`: D315 no state, D316 times that are not read, D317 dates and states that contradict each other, D319
    a missing number, D326 lines that say unlike things.
    """
    first = lines[0]
    joined = {name: "；".join(_several(lines, name)) for name in _JOINED}
    raised = _day(lines, "raised", period, "", seen)
    deadline, closed = (_day(lines, name, period, raised, seen) for name in _LATER)
    state, written = _state(lines, head, states, seen)
    problem = first.texts["problem"]
    key = first.texts.get("id", "")
    if not key and "id" in head.columns:
        hint = "请补上编号"
        seen.append(Finding("D319", "warning", "没有编号，按问题和责任单位认定", first.places["id"], problem, hint))
    issue = Issue(
        id=key or key_of(problem, joined["unit"]),
        problem=problem,
        origin=joined["origin"],
        unit=joined["unit"],
        owner=joined["owner"],
        remedy=joined["remedy"],
        raised=raised,
        deadline=deadline,
        closed=closed,
        progress=joined["progress"],
        state=state,
        written=written,
        note=joined["note"],
        place=first.place,
    )
    _contradictions(issue, first, seen)
    return issue


def key_of(problem: str, unit: str) -> str:
    """What an issue without a number goes by: its problem and who mends it, without blanks and marks."""
    return f"{_MARKS.sub('', unit)}｜{_MARKS.sub('', problem)}"


def _several(lines: Sequence[Line], name: Field) -> list[str]:
    return list(dict.fromkeys(filter(None, (line.texts.get(name, "") for line in lines))))


def _one(lines: Sequence[Line], name: Field, seen: list[Finding]) -> Line | None:
    """The line whose cell counts; None where all are empty, or where they disagree."""
    words = _several(lines, name)
    if len(words) > 1:
        message = f"同一问题的几行写得不一样：{'、'.join(f'“{word}”' for word in words)}，没有采用"
        seen.append(Finding("D326", "warning", message, lines[0].places[name], words[0], "请写成一致"))
        return None
    return next((line for line in lines if line.texts.get(name)), None)


def _day(lines: Sequence[Line], name: DateField, period: Period, raised: str, seen: list[Finding]) -> str:
    """The ISO text of a time, or its words where it is none; `raised` is when the issue came up."""
    line = _one(lines, name, seen)
    if line is None:
        return "；".join(_several(lines, name))
    day = read_day(line.values[name], line.formats[name], period.year, "first" if name == "raised" else "last")
    place, words = line.places[name], day.words
    if day.refusal:
        hint = f"{day.refusal.hint}；可以写：{day.refusal.accepted}"
        seen.append(Finding("D316", "warning", f"{day.refusal.message}，按没有日期处理", place, words, hint))
    elif day.assumed and (wrong := _wrong_year(day.iso, name, period, raised)):
        message = f"“{words}”没有写年份，按{period.year}年算{wrong}，没有采用"
        seen.append(Finding("D316", "warning", message, place, words, "请把年份一起写出来"))
        return words
    elif day.assumed:
        message = f"“{words}”没有写年份，按{period.year}年读取"
        seen.append(Finding("D316", "note", message, place, words))
    elif words in STANDING:
        seen.append(Finding("D316", "note", f"“{words}”不是一个日期，不判断是否逾期", place, words))
    return day.kept


def _wrong_year(iso: str, name: DateField, period: Period, raised: str) -> str:
    """Why the year of the table cannot be that of the date; empty where it can."""
    if name != "deadline" and first_day(iso) > last_day_of(period):
        return "晚于报告期"
    if name != "raised" and is_dated(raised) and last_day(iso) < first_day(raised):
        return f"早于提出时间{raised}"
    return ""


def _state(lines: Sequence[Line], head: Head, states: Mapping[str, State], seen: list[Finding]) -> tuple[State, str]:
    if "state" not in head.columns:
        return "unknown", ""
    line = _one(lines, "state", seen)
    if line is None:
        written = "；".join(_several(lines, "state"))
        if not written:
            message, hint = "没有写状态，按未注明计", _STATE_HINT
            seen.append(Finding("D315", "warning", message, lines[0].places["state"], hint=hint))
        return "unknown", written
    written = line.texts["state"]
    state = state_of(written, states, question=head.title("state").startswith("是否"))
    if state == "unknown":
        what, hint = "只是颜色，不是状态", _STATE_HINT
        if not is_color(written):
            what = "看不出是否销号"
            hint += f"；单位自己的叫法，请在 states 中写明，如“{written}”指“整改中”"
        message = f"“{written}”{what}，按未注明计"
        seen.append(Finding("D315", "warning", message, line.places["state"], written, hint))
    return state, written


def _contradictions(issue: Issue, line: Line, seen: list[Finding]) -> None:
    def warn(message: str, name: Field, hint: str = "请核对") -> None:
        place = line.places.get(name, line.place)
        seen.append(Finding("D317", "warning", message, place, line.texts.get(name, ""), hint))

    if issue.closed and issue.state in {"under_way", "not_started"}:
        warn(f"有销号时间“{issue.closed}”，状态却是“{issue.written}”；按状态计", "closed")
    if issue.state == "closed" and not issue.closed and "closed" in line.places:
        warn(f"状态是“{issue.written}”，没有销号时间", "closed", "请补上销号时间")
    if not is_dated(issue.raised):
        return
    begin = first_day(issue.raised)
    if is_dated(issue.closed) and last_day(issue.closed) < begin:
        warn(f"销号时间{issue.closed}早于提出时间{issue.raised}", "closed")
    if is_dated(issue.deadline) and last_day(issue.deadline) < begin:
        warn(f"时限{issue.deadline}早于提出时间{issue.raised}", "deadline")


_JOINED: Final[tuple[Field, ...]] = ("origin", "unit", "owner", "remedy", "progress", "note")
_LATER: Final[tuple[DateField, ...]] = ("deadline", "closed")
_MARKS: Final = re.compile(r"[\s\u200b，。、；：,.;:（）()“”\"]")
_STATE_HINT: Final = "可以写：已销号、整改中、未启动"
