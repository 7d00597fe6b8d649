"""Faces: where they lie, what they measure and which one draws a character."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from digest.errors import FontError, GlyphError
from digest.fonts import FALLBACK, NAMES, Face, FontSet, clusters, load_fonts

ASSETS = Path(__file__).parent.parent / "assets" / "fonts"


@pytest.fixture(scope="module")
def fonts() -> FontSet:
    return load_fonts()


def test_every_face_of_a_digest_lies_in_the_checkout(fonts: FontSet) -> None:
    assert fonts.keys() == tuple(NAMES)
    assert {voice for voice, rows in FALLBACK.items() if set(rows[0] + rows[1]) <= set(NAMES)} == set(FALLBACK)


def test_committed_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))
    expected = {face["file"]: face["sha256"] for face in manifest["faces"].values()}
    expected |= {name: licence["sha256"] for name, licence in manifest["licences"].items()}
    actual = {name: hashlib.sha256((ASSETS / name).read_bytes()).hexdigest() for name in expected}
    assert actual == expected


def test_every_face_has_its_licence_beside_it() -> None:
    manifest = json.loads((ASSETS / "manifest.json").read_text(encoding="utf-8"))
    for face in manifest["faces"].values():
        assert face["licence_files"]
        assert set(face["licence_files"]) <= set(manifest["licences"])


@pytest.mark.parametrize("key", NAMES)
def test_a_han_character_is_one_em_wide(fonts: FontSet, key: str) -> None:
    character = "堃" if key == "song-light" else "国"  # the light face holds only what the others lack
    assert fonts.face(key).advance(character) == 1.0


def test_figures_of_hei_stand_in_columns(fonts: FontSet) -> None:
    assert {fonts.face("hei").advance(digit) for digit in "0123456789"} == {0.555}


def test_ascent_and_descent_are_em_and_positive(fonts: FontSet) -> None:
    song = fonts.face("song")
    assert (song.ascent, song.descent, song.upem, song.weight) == (1.151, 0.286, 1000, 400)
    assert (song.postscript_name, song.outlines) == ("NotoSerifSC-Regular", "glyf")
    assert fonts.face("fang").outlines == "cff"


def test_ink_tells_which_half_of_a_mark_is_white(fonts: FontSet) -> None:
    left, right = fonts.face("song").ink("，")
    assert left >= 0
    assert right < 0.5
    left, right = fonts.face("song").ink("《")
    assert left > 0.4
    assert fonts.face("song").ink(" ") == (0.0, 0.0)


def test_the_long_dash_is_one_glyph_of_two_em(fonts: FontSet) -> None:
    assert clusters("强调——必须") == ("强", "调", "——", "必", "须")
    for key in ("song", "song-bold", "song-light", "hei", "hei-bold"):
        assert fonts.face(key).has("——")
        assert fonts.face(key).advance("——") == 2.0
    assert not fonts.face("kai").has("——")
    assert fonts.choose("kai", "——") == "song-light"


def test_plain_text_is_its_own_clusters() -> None:
    assert clusters("投入4.1亿元……") == "投入4.1亿元……"
    assert clusters("") == ""


def test_a_character_keeps_its_marks_and_selectors() -> None:
    assert clusters("e\u0301葛\U000e0100区") == ("e\u0301", "葛\U000e0100", "区")


def test_a_selector_the_face_does_not_know_changes_nothing(fonts: FontSet) -> None:
    song = fonts.face("song")
    assert song.glyph("葛\U000e0100") == song.glyph("葛") != 0
    assert song.glyph("e\u0301") == song.glyph("é")


@pytest.mark.parametrize(
    ("voice", "cluster", "key"),
    [
        ("fang", "国", "fang"),
        ("fang", "〇", "fang"),
        ("fang", "，", "song-light"),
        ("fang", "7", "song-light"),
        ("fang", "堃", "song-light"),
        ("fang", "𬭩", "song-light"),  # beyond the BMP
        ("fang", "𫖯", "song-light"),
        ("kai", "国", "kai"),
        ("kai", "𬭩", "song"),
        ("kai", "“", "song-light"),
        ("song", "𫖯", "song"),
        ("hei-bold", "A", "hei-bold"),
        ("song-light", "国", "song"),
    ],
)
def test_a_voice_takes_the_first_face_that_has_the_character(
    fonts: FontSet, voice: str, cluster: str, key: str
) -> None:
    assert fonts.choose(voice, cluster) == key


def test_a_character_that_no_face_has_is_named(fonts: FontSet) -> None:
    with pytest.raises(GlyphError, match=r"L201 .*“🙂”（U\+1F642）.*仿宋"):
        fonts.choose("fang", "🙂")


def test_all_missing_characters_are_told_at_once(fonts: FontSet) -> None:
    assert fonts.missing("fang", "先🙂后𰻝再🙂") == "🙂𰻝"
    assert fonts.missing("fang", "镕堃喆昇𬭩𫖯，。：；（）《》〔2026〕①②㎡％℃→□■○●△▲√×÷±≤≥·——……") == ""
    with pytest.raises(GlyphError, match=r"🙂.*𰻝"):
        fonts.require("fang", "先🙂后𰻝")
    fonts.require("fang", "都有")


def test_an_unknown_key_names_those_there_are(fonts: FontSet) -> None:
    with pytest.raises(FontError, match=r"L104.*comic.*fang"):
        fonts.face("comic")
    with pytest.raises(FontError, match="L104"):
        fonts.choose("comic", "国")
    with pytest.raises(FontError, match="L104"):
        load_fonts(replace={"comic": ASSETS / "kai.ttf"})


def test_a_project_brings_its_own_face_for_a_key() -> None:
    fonts = load_fonts(replace={"fang": ASSETS / "kai.ttf"})
    assert fonts.face("fang").postscript_name == fonts.face("kai").postscript_name
    assert fonts.face("fang").digest == hashlib.sha256((ASSETS / "kai.ttf").read_bytes()).hexdigest()


def test_a_folder_of_ones_own_comes_first_and_may_hold_some_faces_only(tmp_path: Path) -> None:
    (tmp_path / "fang.ttf").write_bytes((ASSETS / "kai.ttf").read_bytes())
    fonts = load_fonts(tmp_path)
    assert fonts.face("fang").path == tmp_path / "fang.ttf"
    assert fonts.face("song").path.parent == ASSETS


def test_a_folder_or_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"L101 .*没有字库文件夹"):
        load_fonts(tmp_path / "none")
    with pytest.raises(FontError, match=r"L101 .*none\.ttf.*楷体"):
        load_fonts(replace={"kai": tmp_path / "none.ttf"})


def test_a_face_that_lies_nowhere_is_told_with_all_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.fonts.__file__", str(tmp_path / "digest" / "fonts.py"))
    with pytest.raises(FontError) as caught:
        load_fonts()
    assert caught.value.code == "L101"
    assert str(tmp_path / "digest" / "assets" / "fonts") in caught.value.message
    assert str(tmp_path / "assets" / "fonts") in caught.value.message


@pytest.mark.parametrize("length", [0, 3, 500, 100_000])
def test_a_cut_off_file_is_a_damaged_face(tmp_path: Path, length: int) -> None:
    path = tmp_path / "kai.ttf"
    path.write_bytes((ASSETS / "kai.ttf").read_bytes()[:length])
    with pytest.raises(FontError, match="L102"):
        Face("kai", path)


def test_text_is_no_face(tmp_path: Path) -> None:
    path = tmp_path / "kai.ttf"
    path.write_text("这不是字库", encoding="utf-8")
    with pytest.raises(FontError, match="L102"):
        Face("kai", path)


@pytest.mark.parametrize("permission", [0x0002, 0x0100, 0x0200])
def test_a_face_that_forbids_embedding_is_refused(tmp_path: Path, permission: int) -> None:
    data = bytearray((ASSETS / "hei.ttf").read_bytes())
    count = int.from_bytes(data[4:6], "big")
    records = (12 + 16 * index for index in range(count))
    os2 = next(int.from_bytes(data[r + 8 : r + 12], "big") for r in records if data[r : r + 4] == b"OS/2")
    data[os2 + 8 : os2 + 10] = permission.to_bytes(2, "big")
    path = tmp_path / "hei.ttf"
    path.write_bytes(data)
    with pytest.raises(FontError, match="L103"):
        Face("hei", path)
