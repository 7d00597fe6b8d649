"""What a project says of its roster and tables becomes a book, or findings that say why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digest.data.load import load
from digest.errors import DataError
from tests.data.projects import small_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("change", "whole", "counted", "members"),
    [
        (("", ""), "全省", "个市", 4),
        (('whole = "全省"', 'whole = "全市"'), "全市", "个县（市、区）", 4),
        (('whole = "全省"', 'whole = "全系统"'), "全系统", "个单位", 4),
        (('roster = "各市"', 'roster = "山东"'), "全省", "个市", 16),
    ],
)
def test_a_book_has_the_roster_that_the_project_names(
    tmp_path: Path, change: tuple[str, str], whole: str, counted: str, members: int
) -> None:
    folder = small_project(tmp_path / "项目")
    text = (folder / "digest.toml").read_text(encoding="utf-8")
    (folder / "digest.toml").write_text(text.replace(*change), encoding="utf-8")
    book = load(folder).book
    assert book is not None
    assert (book.whole, book.counted, len(book.roster)) == (whole, counted, members)


def test_a_roster_that_nobody_knows_is_told_with_those_there_are(tmp_path: Path) -> None:
    folder = small_project(tmp_path / "项目")
    text = (folder / "digest.toml").read_text(encoding="utf-8")
    (folder / "digest.toml").write_text(text.replace('roster = "各市"', 'roster = "各县"'), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    (one,) = (one for one in caught.value.findings if one.code == "D105" and one.value == "各县")
    assert "各市" in one.hint


LEDGER = """\
[digest]
name = "工作简报"
title = "问题台账"
period = "2026-10"

[data]
roster = "山东"

[[program]]
id = "yxks"
name = "以下看上"

[[ledger]]
id = "yxks"
program = "yxks"
title = "问题台账"
file = "数据/{period}.csv"

[[section]]
title = "以下看上"
programs = ["yxks"]
"""


def test_a_project_of_ledgers_alone_prints_what_was_wrong_with_them(tmp_path: Path) -> None:
    folder = tmp_path / "项目"
    (folder / "数据").mkdir(parents=True)
    (folder / "digest.toml").write_text(LEDGER, encoding="utf-8")
    rows = "序号,问题,责任单位,时限,状态\n1,占道经营,城管局,2026-11-30,整改中\n"
    (folder / "数据" / "2026-10.csv").write_text(rows, encoding="utf-8")
    digest = load(folder)
    assert digest.book is None
    assert len(digest.ledgers) == 1
    assert digest.data_notes == "auto"
