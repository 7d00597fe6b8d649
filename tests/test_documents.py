"""The guide to tables, held against what projects may write."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from digest.data import schema
from digest.data.book import ASPECTS
from digest.data.book_tables import ROWS, WHOLES
from digest.data.composition import DATA_NOTES, SHOWN
from digest.data.metrics import BETTER, KINDS, TOTALS
from digest.data.short_charts import SHIFTS

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "data": [key for key in schema.DATA if key not in {"facts", "structures"}],
    "metric": list(schema.METRIC),
    "table": list(schema.TABLE),
    "ledger": [key for key in schema.ISSUES if key not in {"sheet", "query", "connection", "unit"}],
    "part.tables": [key for key in schema.PART_TABLE if key not in {"caption", "note"}],
    "part.entries": [key for key in schema.PART_ENTRIES if key not in {"caption", "note"}],
}
WORDS = [*KINDS, *TOTALS, *BETTER, *ROWS, *WHOLES, *SHIFTS, *SHOWN, *DATA_NOTES]


@pytest.fixture(scope="module")
def guide(checkout: Path) -> str:
    return (checkout / "docs/tables.zh.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", KEYS)
def test_the_guide_names_every_key_that_tables_may_have(guide: str, table: str) -> None:
    missing = [key for key in KEYS[table] if not re.search(rf"`{key}`|^{key} =", guide, re.MULTILINE)]
    assert not missing


def test_the_guide_names_every_aspect_and_every_word_a_key_may_have(guide: str) -> None:
    assert not [aspect for aspect in ASPECTS if aspect != "value" and f".{aspect}" not in guide]
    assert not [word for word in WORDS if word not in guide]


def test_the_examples_in_the_guide_are_toml(guide: str) -> None:
    examples = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert len(examples) > 2
    for example in examples:
        tomllib.loads(example)
