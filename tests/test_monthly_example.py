"""The monthly example: messy workbooks of invented figures become the numbers they were made from, and a digest."""

from __future__ import annotations

import importlib
import shutil
from fractions import Fraction
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from digest import generate_digest
from digest.data.load import load
from digest.data.period import parse_period

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from digest.data.model import Digest

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
def last_month(monthly: Path) -> Digest:
    return load(monthly)


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


@pytest.mark.parametrize(("period", "member"), [("2024-11", ""), ("2025-10", ""), ("2026-10", ""), ("2026-10", "青岛")])
def test_every_page_says_that_its_numbers_are_invented(monthly: Path, period: str, member: str) -> None:
    result = generate_digest(monthly, period=period, member=member)
    assert not [one for one in result.findings if one.severity == "error"]
    document = pypdfium2.PdfDocument(bytes(result))
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    assert len(texts) > 5
    assert all("示例数据" in text for text in texts)
    assert f"{member or '全省'}服务基层重点工作数据" in texts[0]


def test_the_data_are_the_same_every_time(
    monthly: Path, example: tuple[ModuleType, ModuleType], tmp_path: Path
) -> None:
    example[0].make_data(tmp_path)
    texts = [path for path in sorted(tmp_path.rglob("*.*")) if path.suffix != ".xlsx"]
    assert len(texts) == 24 * 3 + 1
    for path in texts:
        assert path.read_bytes() == (monthly / "data" / path.relative_to(tmp_path)).read_bytes()
