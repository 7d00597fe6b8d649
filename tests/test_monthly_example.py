"""The monthly example: messy workbooks of invented figures become the numbers they were made from, and a digest."""

from __future__ import annotations

import csv
import importlib
import shutil
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from digest import generate_digest
from digest.charts.engines import ChartEngine
from digest.data.load import load_members
from digest.data.period import parse_period
from digest.layout.trace import trace
from digest.report import proof_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import ModuleType

    from digest.data.model import Digest
    from digest.report import DigestResult
    from tests.conftest import ReadPdf

pytestmark = pytest.mark.slow

IDS = {
    "villages": "slgj.villages", "projects": "slgj.projects", "funds": "slgj.funds", "people": "sbd.people",
    "services": "sbd.services", "solved": "sbd.solved", "sessions": "ww.sessions", "volunteers": "ww.volunteers",
    "hours": "ww.hours", "raised": "ld.raised", "settled": "ld.settled", "events": "js.events",
    "workers": "js.workers",
}  # fmt: skip


@pytest.fixture(scope="module")
def example(checkout: Path) -> tuple[ModuleType, ModuleType]:
    """What makes the data, and what they are made of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(checkout / "examples" / "monthly"))
        return importlib.import_module("make_data"), importlib.import_module("invented_months")


@pytest.fixture(scope="module")
def monthly(checkout: Path, example: tuple[ModuleType, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("monthly")
    shutil.copy(checkout / "examples" / "monthly" / "digest.toml", folder)
    example[0].make_data(folder / "data")
    return folder


@pytest.fixture(scope="module")
def digests(monthly: Path) -> dict[str, Digest]:
    """The digests of the last month by member, that of the whole under an empty name."""
    return {digest.book.scope: digest for digest in load_members(monthly) if digest.book}


@pytest.fixture(scope="module")
def last_month(digests: dict[str, Digest]) -> Digest:
    return digests[""]


@pytest.fixture(scope="module")
def engine() -> Iterator[ChartEngine]:
    with ChartEngine() as engine:
        yield engine


@pytest.fixture(scope="module")
def whole_pdf(last_month: Digest, engine: ChartEngine) -> bytes:
    return bytes(generate_digest(last_month, engine=engine))


@pytest.fixture(scope="module")
def year_before(monthly: Path, engine: ChartEngine) -> DigestResult:
    return generate_digest(monthly, period="2025-10", engine=engine)


def test_every_number_is_read_as_it_was_made_whatever_the_office_made_of_it(
    last_month: Digest, example: tuple[ModuleType, ModuleType]
) -> None:
    made, invented = example
    figures, book = invented.Figures(), last_month.book
    assert book
    seen = 0
    for month in invented.months():
        for name, key in IDS.items():
            for city in invented.CITIES:
                one = book.at(key, city, parse_period(str(month)))
                assert one, (key, city, month)
                if (month, city, name) in made._LEFT_OUT:
                    assert (one.quantity, one.why) == (None, "dash" if one.period.month == 8 else "not_reported")
                elif name == "hours" and (month, city) in made._ROUGH:
                    assert one.quantity
                    assert str(one.quantity).startswith(made._ROUGH[month, city])
                else:
                    unit = 10_000 if name == "funds" else 1
                    number = Fraction(str(figures.of(name, city, month))) * unit
                    assert one.quantity, (key, city, month)
                    assert one.quantity.amount == number, (key, city, month)
                    seen += 1
    assert seen == 24 * 16 * len(IDS) - len(made._LEFT_OUT) - len(made._ROUGH)


def test_nothing_is_doubted_in_the_good_data(last_month: Digest) -> None:
    assert {one.severity for one in last_month.findings} <= {"note"}, [
        str(one) for one in last_month.findings if one.severity != "note"
    ]


def test_the_ledger_goes_on_from_month_to_month(example: tuple[ModuleType, ModuleType]) -> None:
    _, invented = example
    before: dict[str, str] | None = None
    for rows in invented.ledger().values():
        now = {problem.id: state for problem, state in rows}
        if before is not None:
            assert set(before) <= set(now)
            assert not [key for key, state in before.items() if state == "已销号" != now[key]]
            opening, closing = (sum(state != "已销号" for state in one.values()) for one in (before, now))
            closed = sum(now[key] == "已销号" for key, state in before.items() if state != "已销号")
            new = len(now) - len(before)
            assert opening + new - closed == closing
            assert new
        before = now


def test_the_ledger_is_told_as_it_was_made(last_month: Digest, example: tuple[ModuleType, ModuleType]) -> None:
    *_, rows = example[1].ledger().values()
    still = sum(state != "已销号" for _, state in rows)
    facts = {fact.id: str(fact.quantity) for fact in last_month.facts}
    assert facts["yxks.closing"] == f"{still}个"


def test_the_digest_of_every_city_has_its_own_numbers(
    digests: dict[str, Digest], example: tuple[ModuleType, ModuleType]
) -> None:
    made, invented = example
    figures = invented.Figures()
    assert list(digests) == ["", *invented.CITIES]
    for city in invented.CITIES:
        facts = {fact.id: fact for fact in digests[city].facts}
        for name, key in IDS.items():
            if (invented.LAST, city, name) in made._LEFT_OUT:
                assert facts[key].missing if key in facts else key not in facts
            elif key in facts:
                unit = 10_000 if name == "funds" else 1
                number = Fraction(str(figures.of(name, city, invented.LAST))) * unit
                assert facts[key].quantity.amount == number, (city, key)
        assert {"slgj.funds", "sbd.people", "ww.volunteers"} <= set(facts)


def _half_up(number: Fraction) -> str:
    """With one decimal, as it is told at school."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_what_is_printed_of_every_city_is_what_was_invented(
    whole_pdf: bytes, example: tuple[ModuleType, ModuleType], read_pdf: ReadPdf
) -> None:
    _, invented = example
    text, figures, now = read_pdf(whole_pdf), invented.Figures(), invented.LAST
    villages = {city: figures.of("villages", city, now) for city in invented.CITIES}
    funds = {city: Fraction(str(figures.of("funds", city, now))) for city in invented.CITIES}
    for city in invented.CITIES:
        before = Fraction(str(figures.of("funds", city, now.later(-12))))
        row = (
            city,
            f"{villages[city]:g}",
            f"{1 + sum(other > villages[city] for other in villages.values())}",
            f"{figures.cumulative('projects', city, now):g}",
            f"{float(funds[city]):.1f}",  # in the places of the column
            _half_up(100 * (funds[city] - before) / before),
            f"{float(figures.cumulative('funds', city, now)):.1f}",
            _half_up(100 * funds[city] / sum(funds.values())),
        )
        assert "".join(row) in text, row


def test_every_page_of_every_month_says_that_its_numbers_are_invented(
    monthly: Path, digests: dict[str, Digest], whole_pdf: bytes, year_before: DigestResult, engine: ChartEngine
) -> None:
    first = bytes(generate_digest(monthly, period="2024-11", engine=engine))
    city = bytes(generate_digest(digests["青岛"], engine=engine))
    for data, whose in ((first, "全省"), (bytes(year_before), "全省"), (whole_pdf, "全省"), (city, "青岛")):
        document = pypdfium2.PdfDocument(data)
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        assert len(texts) > 5
        assert all("示例数据" in text for text in texts)
        assert f"{whose}服务基层重点工作数据" in texts[0]


def test_the_page_with_the_overview_is_the_golden_one(
    last_month: Digest, engine: ChartEngine, golden: Callable[[str, str], None]
) -> None:
    pages = trace(proof_digest(last_month, engine=engine).pages).split("== page ")
    golden("monthly_overview.txt", pages[2])


def test_a_month_is_told_alike_whether_or_not_later_months_are_there(
    monthly: Path, tmp_path: Path, year_before: DigestResult, engine: ChartEngine
) -> None:
    then = tmp_path / "then"
    shutil.copytree(monthly, then)
    later = [path for path in (then / "data").glob("*/*") if path.stem > "2025-10"]
    assert len(later) == 12 * 5
    for path in later:
        path.unlink()
    table = then / "data" / "竞赛.csv"
    head, *rows = csv.reader(table.read_text(encoding="utf-8-sig").splitlines())
    known = [row for row in rows if row[0] <= "202510"]
    assert len(known) < len(rows)
    table.write_text("\n".join(map(",".join, (head, *known))), encoding="utf-8")
    result = generate_digest(then, period="2025-10", engine=engine)
    assert bytes(result) == bytes(year_before)
    assert result.findings == year_before.findings


def test_the_data_are_the_same_every_time(
    monthly: Path, example: tuple[ModuleType, ModuleType], tmp_path: Path
) -> None:
    example[0].make_data(tmp_path)
    texts = [path for path in sorted(tmp_path.rglob("*.*")) if path.suffix != ".xlsx"]
    assert len(texts) == 24 * 3 + 1
    for path in texts:
        assert path.read_bytes() == (monthly / "data" / path.relative_to(tmp_path)).read_bytes()
