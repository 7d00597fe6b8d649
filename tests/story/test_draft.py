"""The draft as a whole: what it says of itself and of its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.data.load import load
from digest.story.draft import draft

EXAMPLE = Path(__file__).parents[2] / "examples" / "mofan_jiguan"


@pytest.fixture(scope="module")
def terms() -> tuple[str, ...]:
    return draft(load(EXAMPLE))[0].terms


def test_the_names_of_programs_are_terms_without_their_quotation_marks(terms: tuple[str, ...]) -> None:
    assert {"双联共建", "双报到", "五为", "党建链动", "以下看上"} <= set(terms)
    assert not any("“" in term or "”" in term for term in terms)


def test_a_long_name_is_no_term(terms: tuple[str, ...]) -> None:
    assert all(len(term) <= 8 for term in terms)


def test_terms_a_project_declares_come_first() -> None:
    digest = load(EXAMPLE)
    declared = replace(digest, header=replace(digest.header, terms=("四张清单", "双报到")))
    found = draft(declared)[0].terms
    assert found[:2] == ("四张清单", "双报到")
    assert found.count("双报到") == 1
