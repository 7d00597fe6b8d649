"""The facts of the book that a digest names (调用): derived when they are asked for, each once.

An id of the book may stand wherever that of a fact may. What it asks for becomes a fact of the digest; where there is
no number, a warning says why, and print says so in short: a word in a text (无可比数), a dash in a strip, a gap in a
chart, never nought.

Codes: D309 what is asked for cannot be told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from digest.data.aspects import CALLED
from digest.data.charts import IN_A_ROW, named_facts, signed
from digest.data.incomparable import Incomparable, refuse
from digest.data.ledger_facts import count_ids
from digest.data.model import Fact, Source
from digest.data.quantity import Quantity
from digest.data.schema import inside
from digest.data.shelf import Shelf
from digest.data.written import FactRef, parse_written
from digest.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from digest.data.book import Book
    from digest.data.ledgers import IssueLedger
    from digest.data.model import ChartKind, ChartSpec, Digest, Part
    from digest.findings import Place

PARTS_OF_ONE: Final[frozenset[ChartKind]] = frozenset({"donut", "waterfall", "funnel"})
"""Kinds that say nothing true when one of their facts is missing."""


def with_facts_asked_for(digest: Digest) -> Digest:
    """The same digest with every fact of its book that it names, and a finding for each that cannot be told."""
    if digest.book is None:
        return digest
    shelf = Shelf(digest.book, digest.facts)
    refused: dict[str, Incomparable] = {}
    seen: list[Finding] = []
    for key, place in _named(digest):
        answer: Fact | Incomparable
        ledger = None
        if digest.book.parse(key) is None and key not in shelf:
            ledger = _ledger_of(digest, key)
            if ledger is None:
                continue  # told where references are checked
            answer = refuse("unreported", f"推算“{key}”要用的台账内容")
        else:
            answer = shelf.ask(key)
        if isinstance(answer, Incomparable) and key not in refused:
            refused[key] = answer
            if ledger and len(ledger.periods) == 1:
                message, hint = f"“{key}”：台账只有一期，要有上期台账才数得出", "报满两期后自动印出"
                seen.append(Finding("D309", "note", message, place, key, hint))
                continue
            hint = f"印作“{answer.short}”；没有的数不补"
            seen.append(Finding("D309", "warning", f"“{key}”：{answer.message}", place, key, hint))
    told = digest if not refused else _without(digest, refused)
    dashes = (_dash(key, answer, digest, digest.book) for key, answer in refused.items() if key in _in_strips(digest))
    return replace(told, facts=(*shelf.values(), *dashes), findings=(*digest.findings, *seen))


def _named(digest: Digest) -> Iterator[tuple[str, Place]]:
    """Every id of a fact that is to be printed or drawn, with the place where it is named."""
    header = digest.header
    for entry in header.headlines:
        yield from ((key, inside(header.place, "headlines")) for key in entry.split("/"))
    for number, text in enumerate(header.intro, 1):
        yield from ((key, inside(header.place, f"intro[{number}]")) for key in _in_text(text))
    for part in (part for section in digest.sections for part in section.parts):
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[tuple[str, Place]]:
    place = part.place
    named: Mapping[str, Iterable[str]] = {
        "text": _in_text(part.text),
        "strip": part.strip,
        "targets": part.targets,
        "panels": [key for panel in part.panels for key in panel.facts],
        "plotly": [key for spec in part.plotly for key in spec.facts],
        "coverage": [part.coverage.fact] if part.coverage else [],
        "ledger": [part.ledger.total, *part.ledger.parts] if part.ledger else [],
    }
    for name, keys in named.items():
        yield from ((key, inside(place, name)) for key in keys if key)
    for chart in part.charts:
        yield from named_facts(chart)


def _in_text(text: str) -> list[str]:
    return [piece.id for piece in parse_written(text)[0] if isinstance(piece, FactRef)]


def _in_strips(digest: Digest) -> frozenset[str]:
    parts = [part for section in digest.sections for part in section.parts]
    headlines = [key for entry in digest.header.headlines for key in entry.split("/")]
    return frozenset((*headlines, *(key for part in parts for key in part.strip)))


def _ledger_of(digest: Digest, key: str) -> IssueLedger | None:
    """The ledger that has a count of that id, known or not."""
    return next((one for one in digest.ledgers if key in count_ids(one)), None)


def _dash(key: str, why: Incomparable, digest: Digest, book: Book) -> Fact:
    """What stands in a strip where the number would be."""
    asked, ledger = book.parse(key), _ledger_of(digest, key)
    if asked is None:
        whose = ledger and (ledger.program, ledger.title, ledger.place)
        program, label, place = whose or ("", key, None)
        scope = book.name_of(book.scope)
    else:
        metric = book.metrics[asked.metric]
        suffix = "" if asked.aspect == "value" else CALLED[asked.aspect]
        before = asked.aspect in {"alone", "cumulative"}
        label = f"{suffix}{metric.name}" if before else f"{metric.name}{suffix}"
        program, place = metric.program, metric.place
        scope = book.name_of(book.scope if asked.member is None else asked.member)
    return Fact(
        id=key,
        program=program,
        metric=label,
        quantity=Quantity(Fraction(0), "—"),
        kind="flow",
        source=Source(at=why.message, cell=place),
        label=label,
        scope=scope,
        note=why.short,
        place=place,
        wording=_in_words(key, why),
        missing=why.short,
        computed=True,
    )


def _in_words(key: str, why: Incomparable) -> str:
    """What a sentence says in place of the number, with the word that the number would have brought: 同比无可比数."""
    return f"{_BASIS.get(key.rpartition('.')[2], '')}{why.short}"


# --- what is printed and drawn without them -----------------------------------------------------------


def _without(digest: Digest, refused: Mapping[str, Incomparable]) -> Digest:
    """Texts with a word in place of the number, charts with a gap; strips keep their ids and print a dash."""
    header = replace(digest.header, intro=tuple(_told(text, refused) for text in digest.header.intro))
    sections = tuple(
        replace(section, parts=tuple(_part_without(part, refused) for part in section.parts))
        for section in digest.sections
    )
    return replace(digest, header=header, sections=sections)


def _part_without(part: Part, refused: Mapping[str, Incomparable]) -> Part:
    panels = tuple(replace(panel, facts=_kept(panel.facts, refused)) for panel in part.panels)
    charts = (_chart_without(chart, refused) for chart in part.charts)
    return replace(
        part,
        text=_told(part.text, refused),
        targets=_kept(part.targets, refused),
        panels=tuple(panel for panel in panels if panel.facts),
        charts=tuple(chart for chart in charts if chart is not None),
        coverage=None if part.coverage and part.coverage.fact in refused else part.coverage,
        ledger=None if part.ledger and {part.ledger.total, *part.ledger.parts} & set(refused) else part.ledger,
    )


def _told(text: str, refused: Mapping[str, Incomparable]) -> str:
    def said(match: re.Match[str]) -> str:
        why = refused.get(match[1])
        if why is None:
            return match[0]
        words = _in_words(match[1], why)
        basis = words.removesuffix(why.short)
        return f"{{={why.short if text[: match.start()].endswith(basis) else words}}}"

    return _TOKEN.sub(said, text)


def _kept(keys: Iterable[str], refused: Collection[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key not in refused)


def _chart_without(chart: ChartSpec, refused: Collection[str]) -> ChartSpec | None:
    """The chart with gaps; None where it would say what is not true without them."""
    named = {key for key, _ in named_facts(chart)}
    if not named & set(refused):
        return chart
    series = tuple(
        replace(one, facts=tuple("" if key in refused else key for key in one.facts)) for one in chart.series
    )
    if chart.kind in PARTS_OF_ONE or (series and not any(key for one in series for key in one.facts)):
        return None
    left = [n for n, key in enumerate(chart.facts) if signed(key)[1] not in refused]
    categories = chart.categories
    if chart.kind in IN_A_ROW and len(categories) == len(chart.facts):
        categories = tuple(categories[n] for n in left)
    facts = tuple(chart.facts[n] for n in left)
    if chart.kind in IN_A_ROW and not facts:
        return None
    total, mean, elapsed = ("" if key in refused else key for key in (chart.total, chart.mean, chart.elapsed))
    return replace(chart, series=series, facts=facts, categories=categories, total=total, mean=mean, elapsed=elapsed)


_BASIS: Final = {"yoy": "同比", "yoy_amount": "同比", "mom": "环比", "mom_amount": "环比"}
_TOKEN: Final = re.compile(r"(?<!\{)\{([^{}=]+)\}(?!\})")
