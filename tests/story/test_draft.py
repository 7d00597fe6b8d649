"""The draft as a whole: what it says of itself and of its words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from digest.data.load import load
from digest.data.model import Digest, Header, Part, Section
from digest.story.blocks import Paragraph, reads
from digest.story.draft import draft
from digest.story.wording import months_joined

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


def test_a_part_with_nothing_to_say_has_no_heading_and_takes_no_number() -> None:
    parts = (Part(title="甲", text="一句。"), Part(title="乙"), Part(title="丙", text="又一句。"))
    one = Digest(Header("简报"), (Section("一节", (), parts),), (), ())
    texts = [reads(block.text) for block in draft(one)[0].blocks if isinstance(block, Paragraph)]
    assert texts == ["（一）甲。一句。", "（二）丙。又一句。"]


def test_months_in_a_row_are_said_from_to() -> None:
    assert months_joined("没有2024年1月、2024年2月、2024年3月的数") == "没有2024年1—3月的数"
    assert months_joined("没有2024年1月、2024年3月、2024年4月的数") == "没有2024年1月、2024年3月、2024年4月的数"
    assert months_joined("没有2023年11月、2023年12月、2024年1月的数") == "没有2023年11月、2023年12月、2024年1月的数"
