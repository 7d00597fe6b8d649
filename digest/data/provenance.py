"""Provenance (来源核对): every quote stands in its document, every number in its quote, nothing is printed as more.

P201 quote not in the document          P211 target told as done
P202 quote there, but written otherwise P212 推进整改 told as 完成整改
P203 number not in the quote            P213 a duplicate that does not repeat its fact
P204 item of a mechanism not there      P214 a ledger whose parts exceed its total
P205 no source                          P215 a coverage that does not add up
P206 unit other than in the quote       P216 a panel or an axis of unlike units
                                        P217 a number below zero in what begins at zero
                                        D141-D145, P221, P222 charts (`charts.py`)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from digest.data.charts import FROM_ZERO, axes, check_chart
from digest.data.numbers import numbers_in
from digest.data.passages import find_passage
from digest.data.quantity import words_at
from digest.data.references import check_references
from digest.data.schema import inside
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from digest.data.model import CoverageSpec, Digest, Fact, LedgerSpec, Mechanism, Source
    from digest.data.quantity import Quantity

__all__ = ["check_digest", "numbers_in", "trace_sources"]


def check_digest(digest: Digest) -> tuple[Finding, ...]:
    """All that is wrong in a digest, however it was built: references, sources and what is made of the figures."""
    return tuple(dict.fromkeys((*check_references(digest), *trace_sources(digest), *check_meaning(digest))))


def trace_sources(digest: Digest) -> tuple[Finding, ...]:
    """Proof that every quote stands in the body of its document and every number in its quote: all that fails."""
    bodies = {document.id: document.text for document in digest.documents if document.text}
    seen = [
        Finding("P207", "error", "来源文件没有可引用的正文", Place(document.file or document.id))
        for document in digest.documents
        if not document.text
    ]
    for fact in digest.facts:
        seen += _trace_quote(fact.source, bodies, inside(fact.place, "原文"))
        seen += _trace_number(fact)
    for mechanism in digest.mechanisms:
        seen += _trace_quote(mechanism.source, bodies, inside(mechanism.place, "quote"))
        seen += _trace_items(mechanism, bodies.get(mechanism.source.document, ""))
    for commitment in digest.commitments:
        place = inside(commitment.place, "text")
        seen += _trace_quote(commitment.source, bodies, inside(commitment.place, "quote"))
        seen += _trace_text(commitment.text, commitment.source.quote, place)
    for commendation in digest.commendations:
        place = inside(commendation.place, "name")
        seen += _trace_quote(commendation.source, bodies, inside(commendation.place, "quote"))
        seen += _trace_text(commendation.name, commendation.source.quote, place)
    return tuple(seen)


def check_meaning(digest: Digest) -> tuple[Finding, ...]:
    """What the wording and the composition make of the figures, held against what they say."""
    facts = {fact.id: fact for fact in digest.facts}
    seen: list[Finding] = []
    for fact in digest.facts:
        seen += _told_as_done(fact)
        seen += _repeats(fact, facts)
        if fact.kind == "ledger_part" and fact.of in facts:
            seen += _exceeds(facts[fact.of], [fact], inside(fact.place, "隶属"))
    for part in (part for section in digest.sections for part in section.parts):
        if part.ledger:
            seen += _ledger(part.ledger, facts, inside(part.place, "ledger"))
        if part.coverage:
            seen += _coverage(part.coverage, facts, inside(part.place, "coverage"))
        for panel in part.panels:
            drawn = [facts[key] for key in panel.facts if key in facts]
            seen += (*_units(drawn, inside(part.place, "panels")), *_below_zero(drawn, inside(part.place, "panels")))
        for chart in part.charts:
            seen += check_chart(chart, facts)
            for axis in axes(chart):
                drawn = [facts[key] for key in axis if key in facts]
                seen += _units(drawn, chart.place)
                seen += _below_zero(drawn, chart.place) if chart.kind in FROM_ZERO else ()
    return tuple(seen)


# --- quotes and numbers -----------------------------------------------------------------------------


def _trace_quote(source: Source, bodies: Mapping[str, str], place: Place) -> Iterator[Finding]:
    if not source.document:
        if source.cell is None and not source.at:
            yield Finding("P205", "error", "没有来源", place, hint="请写明来源文件和原文，或所在的表格位置")
        return
    if not source.quote:
        yield Finding("P205", "error", "没有原文", place, hint="请从来源文件中照抄一句")
        return
    if source.document not in bodies:
        return  # told once for the document, or where it is named
    found = find_passage(source.quote, bodies[source.document])
    if found.exact:
        return
    near = f"最接近的一段是：“{found.text}”" if found.text else "来源文件中没有相近的文字"
    if found.same:
        message = f"原文与来源文件的全半角或空格不一致：“{source.quote}”"
        yield Finding("P202", "error", message, place, value=source.quote, hint=f"来源文件写作：“{found.text}”")
    else:
        yield Finding("P201", "error", f"来源文件中没有这段原文：“{source.quote}”", place, source.quote, near)


def _trace_number(fact: Fact) -> Iterator[Finding]:
    """The number of a fact must stand in its quote as it is printed: 2700 is not in 2700余家, 5 is not in 近5亿元."""
    quote, quantity = fact.source.quote, fact.quantity
    if not quote:
        return
    place = inside(fact.place, "数据")
    ends = [match.end() for match in number_pattern(quantity).finditer(quote)]
    if not ends or quantity.prefix not in quote:
        message = f"原文中没有这个数：“{quantity}”"
        yield Finding("P203", "error", message, place, value=str(quantity), hint=f"原文是：“{quote}”")
    elif not any(quote.startswith(quantity.unit, end) for end in ends):
        message = f"单位“{quantity.unit}”与原文不一致"
        yield Finding("P206", "warning", message, place, value=quantity.unit, hint=f"原文是：“{quote}”")


def number_pattern(quantity: Quantity) -> re.Pattern[str]:
    """Where a quantity's number stands whole: no digit, scale or qualifier more on either side."""
    number = re.escape(quantity.shown.removeprefix(quantity.prefix))
    before = after = ""
    if not quantity.qualifier:
        before = "".join(f"(?<!{word})" for word in words_at("front"))
        after = f"(?!{re.escape(quantity.unit)}(?:{'|'.join(words_at('end'))}))"
    ends = f"(?![{_NUMERAL}万亿]|{'|'.join(words_at('after'))})"
    if quantity.unit:  # 30万千瓦: what looks like another scale is the unit
        ends = f"(?:(?={re.escape(quantity.unit)})|{ends})"
    return re.compile(f"(?<![{_NUMERAL}]){before}{number}{ends}{after}")


def _trace_items(mechanism: Mechanism, body: str) -> Iterator[Finding]:
    """Each item must stand in the document; both sides of an `a→b` item on their own."""
    if not body:
        return
    for number, item in enumerate(mechanism.items, 1):
        for side in item.split("→"):
            found = find_passage(side, body)
            if not found.same:
                place = inside(mechanism.place, f"items[{number}]")
                near = f"最接近的一段是：“{found.text}”" if found.text else ""
                yield Finding("P204", "error", f"来源文件中没有机制的这一项：“{side}”", place, side, near)


def _trace_text(text: str, quote: str, place: Place) -> Iterator[Finding]:
    """The numbers of our own wording must stand in the quote."""
    there = {number.token for number in numbers_in(quote)}
    for number in numbers_in(text):
        if number.token not in there and quote:
            message = f"原文中没有这个数：“{number.token}”"
            yield Finding("P203", "error", message, place, value=number.token, hint=f"原文是：“{quote}”")


# --- meaning ----------------------------------------------------------------------------------------


def _told_as_done(fact: Fact) -> Iterator[Finding]:
    """A target is never told as reached, and 推进整改 never as 完成整改."""
    checks: list[tuple[str, str, tuple[str, ...], str]] = []
    if fact.is_target:
        checks.append(("P211", "目标不能写成已经实现", _DONE, "目标应写“拟”“计划”，如“拟实现全覆盖的社区{}”"))
    if "推进整改" in fact.source.quote:
        checks.append(("P212", "“推进整改”不能写成完成整改", _RECTIFIED, "请照原文写“推进整改”"))
    for title, text in (("指标", fact.metric), ("简称", fact.label), ("表述", fact.phrase)):
        for code, message, words, hint in checks:
            told = next((word for word in words if word in text), "")
            if told:
                yield Finding(code, "error", f"{message}：“{text}”", inside(fact.place, title), told, hint)


def _repeats(fact: Fact, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """A duplicate names the fact it repeats, and that fact has the same quantity."""
    if fact.kind != "duplicate":
        return
    place = inside(fact.place, "隶属")
    if not fact.of:
        yield Finding("P213", "error", "重复的数据没有写明重复哪一条", place, hint="请在“隶属”列填那条数据的编号")
    elif fact.of in facts and facts[fact.of].quantity != fact.quantity:
        message = f"重复的数据是{fact.quantity}，“{fact.of}”是{facts[fact.of].quantity}，两者不一致"
        yield Finding("P213", "error", message, place, value=fact.of, hint="请核对两处原文")


def _ledger(spec: LedgerSpec, facts: Mapping[str, Fact], place: Place) -> Iterator[Finding]:
    parts = [facts[key] for key in spec.parts if key in facts]
    if spec.total in facts and parts:
        yield from _exceeds(facts[spec.total], parts, place)


def _exceeds(total: Fact, parts: list[Fact], place: Place) -> Iterator[Finding]:
    """A finding where the parts of a ledger are more than its total, or counted in another unit."""
    if {part.quantity.counted for part in parts} != {total.quantity.counted}:
        message = f"台账分项与总数“{total.quantity}”的单位不一致"
        yield Finding("P216", "error", message, place, hint="不同量词的数不能相加")
        return
    whole, told = total.quantity.upper, sum(part.quantity.lower or 0 for part in parts)
    if whole is not None and told > whole:
        names = "、".join(f"{part.label or part.metric}{part.quantity}" for part in parts)
        message = f"台账分项（{names}）超过总数{total.quantity}"
        yield Finding("P214", "error", message, place, hint="请核对总数与分项是否同一口径")


def _coverage(spec: CoverageSpec, facts: Mapping[str, Fact], place: Place) -> Iterator[Finding]:
    """The roster less those missing must be as many as the fact counts."""
    fact = facts.get(spec.fact)
    covered = len(spec.roster) - len(spec.missing)
    if fact and spec.roster and fact.quantity.exact and fact.quantity.amount != covered:
        message = f"名单中除去未覆盖的有{covered}个，数据是{fact.quantity}"
        yield Finding("P215", "error", message, place, value=fact.id, hint="请核对 roster 和 missing")


def _units(facts: Iterable[Fact], place: Place | None) -> Iterator[Finding]:
    units = list(dict.fromkeys(fact.quantity.counted for fact in facts))
    if len(units) > 1:
        message = f"同一幅图中单位不一致：{'、'.join(unit or '（无单位）' for unit in units)}"
        yield Finding("P216", "error", message, place, hint="不同单位的数据请分到不同的图中")


def _below_zero(facts: Iterable[Fact], place: Place | None) -> Iterator[Finding]:
    """Bars begin at zero."""
    for fact in facts:
        if fact.quantity.amount < 0:
            message = f"这种图从零画起，“{fact.label or fact.metric}”是{fact.quantity}"
            yield Finding("P217", "error", message, place, value=fact.id, hint="请写进正文（narrate）或指标栏（strip）")


_NUMERAL: Final = "0-9０-９.．/／〇零一二两三四五六七八九十百千"
_DONE: Final = ("完成", "已实现", "实现了", "建成", "达成", "已达到", "已经")
_RECTIFIED: Final = ("完成整改", "整改完成", "已整改", "整改完毕", "整改到位", "全部整改", "已完成", "整改了", "销号")
