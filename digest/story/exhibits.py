"""Exhibits: facts and mechanisms become what is shown beside the text (图表): strips, charts, bars, diagrams, rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from digest.data.period import chinese_date
from digest.story.blocks import (
    Caption,
    Chart,
    Coverage,
    Diagram,
    DiagramRow,
    Honours,
    Ledger,
    LedgerPart,
    Metric,
    MetricStrip,
    Run,
    Target,
    Targets,
    plain,
)
from digest.story.charts import Bar, BarChart, BarPanel, PlotlyChart
from digest.story.narrate import clause, display, merged
from digest.story.wording import (
    BEING_BUILT,
    DERIVED,
    HONOURS,
    NO_REST,
    NOT_STATED,
    TARGET_SET,
    UNDER_WAY,
    full_width,
    span_words,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from digest.data.model import (
        Commendation,
        CoverageSpec,
        Fact,
        LedgerSpec,
        Mechanism,
        MechanismKind,
        Panel,
        PlotlySpec,
    )
    from digest.story.blocks import DiagramKind, Text

_DIAGRAM_OF: Final[dict[MechanismKind, DiagramKind]] = {
    "parallel": "parallel",
    "effect": "parallel",
    "criteria": "parallel",
    "sequence": "chain",
    "workflow": "chain",
    "cycle": "cycle",
    "hierarchy": "hierarchy",
    "checklist": "checklist",
    "plan": "pairs",
}
_TABBED: Final = frozenset({"parallel", "checklist", "hierarchy"})
_STANDING: Final = {"in_progress": UNDER_WAY, "under_construction": BEING_BUILT}


def label_of(fact: Fact) -> str:
    """The short name of a fact."""
    return fact.label or fact.metric


def metric(fact: Fact) -> Metric:
    """One cell of a strip. A target says that it is one."""
    note = span_words(fact) or fact.scope
    if fact.is_target:
        note = standing(fact)
    quantity = fact.quantity
    return Metric(quantity.shown, quantity.unit, label_of(fact), note, (fact.id,))


def pair_metric(part: Fact, whole: Fact) -> Metric:
    """Part of whole in one cell: 95/196, with both names."""
    unit = whole.quantity.unit
    value = f"{part.quantity.shown}/{whole.quantity.shown}"
    note = span_words(part)
    return Metric(value, unit, f"{label_of(part)}／{label_of(whole)}", note, (part.id, whole.id))


def strip(keys: Sequence[str], facts: Mapping[str, Fact]) -> MetricStrip:
    """The strip of those facts; `a/b` makes one cell of part and whole."""
    cells: list[Metric] = []
    for key in keys:
        part, slash, whole = key.partition("/")
        cells.append(pair_metric(facts[part], facts[whole]) if slash else _changed(metric(facts[part]), key, facts))
    return MetricStrip(tuple(cells))


def _changed(cell: Metric, key: str, facts: Mapping[str, Fact]) -> Metric:
    """The cell with what the book knows of the year before; as it is where nothing is known."""
    change = facts.get(f"{key}.yoy")
    return replace(cell, change=change.wording, facts=(*cell.facts, change.id)) if change else cell


def bar_chart(panels: Sequence[Panel], facts: Mapping[str, Fact], caption: Caption) -> Chart:
    """Facts of one unit a panel, as bars in the order given."""
    drawn = tuple(
        BarPanel(
            panel.title,
            facts[panel.facts[0]].quantity.unit,
            tuple(Bar(label_of(facts[key]), facts[key].quantity, str(facts[key].quantity), key) for key in panel.facts),
        )
        for panel in panels
    )
    return Chart(BarChart(drawn), caption, tuple(key for panel in panels for key in panel.facts))


def own_chart(spec: PlotlySpec, label: str) -> Chart:
    """A Plotly figure of the office's own, with its source under the caption."""
    source = f"来源：{full_width(spec.source)}" if spec.source else ""
    chart = PlotlyChart(spec.figure, full_width(spec.alt), spec.place)
    return Chart(chart, Caption(label, full_width(spec.caption), source), spec.facts)


def coverage(spec: CoverageSpec, facts: Mapping[str, Fact], caption: Caption) -> Coverage:
    """The roster, hollow where the fact's source makes an exception."""
    members = tuple((name, name not in spec.missing) for name in spec.roster)
    return Coverage(members, caption, (facts[spec.fact].id,))


def ledger(spec: LedgerSpec, facts: Mapping[str, Fact], caption: Caption) -> Ledger:
    """Parts, then what nobody reported on; shares and rests are computed and say so. No state is inferred.

    Where total or parts are only known by a bound (余, 近), no share and no rest is computed from them.
    """
    whole = facts[spec.total]
    exact = _all_exact(spec, facts)
    total = whole.quantity.amount
    parts: list[LedgerPart] = []
    rest = total
    for key in spec.parts:
        fact = facts[key]
        amount = fact.quantity.amount
        rest -= amount
        share = f"占{float(amount * 100 / total):.1f}%{DERIVED}" if exact else ""
        parts.append(LedgerPart(label_of(fact), str(fact.quantity), float(amount), stated=True, remark=share))
    if rest > 0:
        display = f"{rest}{whole.quantity.unit}" if exact else ""
        remark = DERIVED if exact else NO_REST
        parts.append(LedgerPart(NOT_STATED, display, float(rest), stated=False, remark=remark))
    return Ledger(tuple(parts), f"{label_of(whole)}{whole.quantity}", caption, (spec.total, *spec.parts))


def _all_exact(spec: LedgerSpec, facts: Mapping[str, Fact]) -> bool:
    return all(facts[key].quantity.exact for key in (spec.total, *spec.parts))


def ledger_note(spec: LedgerSpec, facts: Mapping[str, Fact]) -> str:
    """What the ledger bar must not be read as."""
    whole = facts[spec.total]
    under_way = [label_of(facts[key]) for key in spec.parts if "整改" in label_of(facts[key])]
    done = sum(facts[key].quantity.amount for key in spec.parts)
    rest = whole.quantity.amount - done
    sentence = f"{'、'.join(under_way)}不等于完成整改。" if under_way else ""
    if rest > 0 and _all_exact(spec, facts):
        unit = whole.quantity.unit
        sentence += f"{rest}{unit}由{whole.quantity.amount}减{done}得出{DERIVED}，其状态原文没有注明。"
    elif rest > 0:
        sentence += "总数或分项为约数，不推算占比和余数；其余问题的状态原文没有注明。"
    return sentence


def diagram(mechanisms: Sequence[Mechanism], caption: Caption) -> Diagram:
    """Mechanisms one under the other, each drawn as its kind asks."""
    rows = tuple(_row(mechanism, alone=len(mechanisms) == 1) for mechanism in mechanisms)
    return Diagram(rows, caption)


def _row(mechanism: Mechanism, *, alone: bool) -> DiagramRow:
    kind = _DIAGRAM_OF[mechanism.kind]
    tab = (mechanism.short or mechanism.name) if kind in _TABBED or not alone else ""
    return DiagramRow(kind, "" if kind == "pairs" else full_width(tab), tuple(map(full_width, mechanism.items)))


def mechanism_caption(mechanisms: Sequence[Mechanism]) -> str:
    """The names of the mechanisms, joined."""
    names = [mechanism.name for mechanism in mechanisms]
    return "、".join(names[:-1]) + ("和" if len(names) > 1 else "") + names[-1]


def targets(facts: Sequence[Fact]) -> Targets:
    """Rows of promises, each with its deadline and where it stands."""
    return Targets(tuple(Target(deadline_words(fact.deadline), _promise(fact), standing(fact)) for fact in facts))


def _promise(fact: Fact) -> Text:
    return clause(fact) if "{}" in fact.phrase else merged((Run(label_of(fact)), display(fact)))


def standing(fact: Fact) -> str:
    """Where a promise stands; never more than was reported."""
    return _STANDING.get(fact.status, TARGET_SET)


def deadline_words(deadline: str) -> str:
    """`2024` is 2024年; words stay as they are."""
    if deadline and all(part.isdigit() for part in deadline.split("-")):
        return chinese_date(deadline)
    return full_width(deadline)


def honours(items: Sequence[Commendation]) -> Honours:
    """Recognitions as a list."""
    return Honours(HONOURS, tuple(plain(full_width(item.name)) for item in items))


def bar_caption(panels: Sequence[Panel], facts: Mapping[str, Fact], subject: str) -> str:
    """What a chart shows, and in which unit: `“双联共建”主要数据（单位：个）`."""
    units = list(dict.fromkeys(facts[panel.facts[0]].quantity.unit for panel in panels))
    return f"{subject}主要数据（单位：{'、'.join(units)}）"
