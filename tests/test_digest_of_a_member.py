"""A digest of tables, for the whole and for one member, to its pages."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from digest.__main__ import main
from digest.data.load import load, load_members
from digest.data.sources.opened import Sources
from digest.errors import DataError, UsageError
from digest.report import check, file_name, generate_digest, proof_digest
from tests.data.projects import CITIES, kept_in, small_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_project(tmp_path / "项目")


def test_a_member_has_pages_and_a_file_of_its_own(folder: Path) -> None:
    whole, own = (proof_digest(folder, member=member) for member in ("", "济南"))
    assert [str(proof.facts[0].quantity) for proof in (whole, own)] == ["1080个", "420个"]
    assert file_name(load(folder, member="济南")) == "工作简报-济南-2026-10.pdf"
    assert file_name(load(folder)) == "工作简报-2026-10.pdf"


def test_the_same_digest_is_the_same_bytes_from_a_file_and_from_a_frame(folder: Path) -> None:
    pytest.importorskip("pandas")
    from_file = bytes(generate_digest(folder))
    assert bytes(generate_digest(folder, **kept_in(folder, "frame"))) == from_file


def test_a_check_is_of_the_member_too(folder: Path) -> None:
    assert str(check(folder, member="青岛").facts[0].quantity) == "320个"


def test_the_command_line_knows_members(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["check", str(folder), "--member", "济南"]) == 0
    assert main(["check", str(folder), "--member", "烟台"]) == 2
    assert b"U106" in capsysbinary.readouterr().err


def test_what_is_told_of_a_cell_is_told_to_programs_piece_by_piece(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = folder / "数据" / "2026-10.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("420", "420户"), encoding="utf-8")
    assert main(["check", str(folder), "--json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)["findings"]
    (one,) = (finding for finding in told if finding["code"] == "D154")
    assert one["severity"] == "warning"
    assert one["place"] == {"file": "数据/2026-10.csv", "sheet": "", "cell": "第3行 › 联建村（个）"}
    assert one["value"] == "420户"
    assert "可以写" in one["hint"]


def test_all_members_are_what_each_of_them_is_by_itself(folder: Path) -> None:
    whole, *own = load_members(folder)
    assert whole == load(folder)
    assert [digest.book and digest.book.scope for digest in own] == list(CITIES)
    assert own == [load(folder, member=city) for city in CITIES]
    assert bytes(generate_digest(own[0])) == bytes(generate_digest(folder, member="济南"))


def test_files_are_read_once_for_all_members(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = []
    read = Sources.read

    def counted(self: Sources, path: Path, shown: str, sheet: str = "") -> object:
        names.append(shown)
        return read(self, path, shown, sheet)

    monkeypatch.setattr(Sources, "read", counted)
    assert len(list(load_members(folder, "2026-10", ("青岛", "", "全省", "青岛")))) == 4
    assert sorted(names) == [*(f"数据/2026-{month}.csv" for month in ("08", "09", "10")), "数据/明细.csv"]


def test_whatever_hinders_one_of_them_is_told_when_its_turn_comes(folder: Path) -> None:
    digests = load_members(folder, members=("济南", "烟台"))
    assert next(digests).header.title == "2026年10月济南工作情况"
    with pytest.raises(UsageError) as unknown:
        next(digests)
    assert unknown.value.code == "U106"
    (folder / "数据" / "明细.csv").unlink()
    with pytest.raises(DataError) as missing:
        next(load_members(folder))
    assert missing.value.code == "D295"


@pytest.mark.parametrize(("made", "asked"), [("", "济南"), ("济南", "青岛"), ("济南", "全省")])
def test_a_digest_that_was_made_for_one_is_not_handed_out_as_anothers(folder: Path, made: str, asked: str) -> None:
    digest = load(folder, member=made)
    with pytest.raises(UsageError) as raised:
        generate_digest(digest, member=asked)
    assert raised.value.code == "U109"
    assert load(digest, member=made or "全省") == digest
