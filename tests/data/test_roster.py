"""Rosters: members are found however they are spelt, and who is not one is told the nearest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.data.roster import SHANDONG, Found, Roster, squeezed


def test_the_sixteen_cities_stand_in_their_official_order() -> None:
    cities = "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽"
    assert " ".join(SHANDONG.members) == cities


@pytest.mark.parametrize(
    "text", ["济南", "济南市", "济 南 市", "济南市　", "\u200b济南\u00a0", "济\n南", "\ufeff济南市"]
)
def test_blanks_and_the_word_for_city_make_no_other_name(text: str) -> None:
    assert SHANDONG.find(text) == Found("member", "济南")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全省", Found("whole", "全省")),
        ("山东省", Found("whole", "全省")),
        ("莱芜", Found("former", "济南")),
        ("莱芜市", Found("former", "济南")),
        ("济男市", Found("unknown", "济宁")),
        ("济南高新区", Found("unknown", "济南")),
        ("省直", Found("unknown", "全省")),
        ("ABC", Found("unknown", "")),
        ("", Found("unknown", "")),
    ],
)
def test_who_is_no_member_is_told_apart(text: str, found: Found) -> None:
    assert SHANDONG.find(text).standing == found.standing
    if found.name != "济宁":  # 济南 is as near
        assert SHANDONG.find(text) == found


def test_a_project_says_who_is_apart_merged_or_spelt_otherwise() -> None:
    roster = Roster(
        ("历下区", "长清区", "平阴县"),
        "全市",
        ("市直",),
        {"莱芜": "长清区"},
        {"长清县": "长清区", "机关": "市直"},
        {"莱芜": "历下区"},
    )
    assert roster.find("历下") == Found("member", "历下区")
    assert roster.find("长清县") == Found("member", "长清区")
    assert roster.find("市直") == Found("apart", "市直")
    assert roster.find("机关") == Found("apart", "市直")
    assert roster.find("莱芜区") == Found("merged", "长清区")


def test_a_short_name_that_two_members_share_is_nobody() -> None:
    roster = Roster(("长清区", "长清县"))
    assert roster.find("长清县") == Found("member", "长清县")
    assert roster.find("长清").standing == "unknown"


@given(st.sampled_from(SHANDONG.members), st.lists(st.sampled_from([" ", "　", "\u00a0", "\u200b", "\n"]), max_size=4))
def test_blanks_anywhere_in_a_name_change_nothing(name: str, blanks: list[str]) -> None:
    text = name
    for at, blank in enumerate(blanks):
        text = text[:at] + blank + text[at:]
    assert SHANDONG.find(text + "市").name == name
    assert squeezed(text) == name


@given(st.text(max_size=8))
def test_whatever_is_asked_for_is_answered(text: str) -> None:
    assert isinstance(SHANDONG.find(text), Found)


@given(st.one_of(st.text(max_size=4), st.sampled_from([*SHANDONG.members, "莱芜", "全省", "济 南市"])))
def test_to_know_somebody_is_to_find_them(text: str) -> None:
    find = SHANDONG.finder()
    assert find.knows(text) == (find(text).standing != "unknown")
