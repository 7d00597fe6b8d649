"""Faces: where they lie, what they measure and which one draws a character."""

from __future__ import annotations

import hashlib
import json
import struct
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
    character = {"song-light": "堃", "rare": "頔", "names": "𠮷"}.get(key, "国")  # these hold only what others lack
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
        *((voice, "頔", "rare") for voice in FALLBACK),
        *((voice, "㻞", "rare") for voice in FALLBACK),
        *((voice, "𠮷", "names") for voice in FALLBACK),
        ("fang", "㛃", "song-light"),
        ("fang", "䶮", "song-light"),
        ("fang", "喆", "song-light"),
        ("fang", "昇", "song-light"),
        ("hei", "㛃", "hei"),
        ("hei", "昇", "hei"),
        ("song-bold", "𬭩", "song-bold"),
        ("kai", "陳", "rare"),
        ("fang", "鿿", "rare"),  # the last of its block
        ("fang", "﨑", "rare"),  # among the compatibility ideographs, and none
        ("fang", "𫝋", "names"),  # identity cards
        ("fang", "\U000313aa", "names"),  # names of people
        ("fang", "\U00031382", "names"),  # names of places
        ("fang", "𪜊", "names"),  # maps
        ("fang", "𡞵", "names"),  # Macao
        ("fang", "𰻝", "names"),
        ("fang", "頔\U000e0100", "rare"),  # a variant the face does not know
        ("song", "𠮷\ufe00", "names"),
    ],
)
def test_a_voice_takes_the_first_face_that_has_the_character(
    fonts: FontSet, voice: str, cluster: str, key: str
) -> None:
    assert fonts.choose(voice, cluster) == key


@pytest.mark.parametrize("voice", FALLBACK)
def test_every_voice_has_the_han_that_a_system_must_have(fonts: FontSet, voice: str) -> None:
    """GB 18030-2022, implementation level 2: both blocks here; 通用规范汉字表 is in every voice's own faces."""
    assert fonts.missing(voice, "".join(map(chr, range(0x4E00, 0xA000)))) == ""
    assert fonts.missing(voice, "".join(map(chr, range(0x3400, 0x4DC0)))) == ""


def test_a_face_for_rare_characters_holds_none_that_stand_before_it(fonts: FontSet) -> None:
    held = {key: set(fonts.face(key).shaper.face.unicodes) for key in ("song", "hei", "rare", "names")}
    assert not held["rare"] & (held["song"] | held["hei"])
    assert not held["names"] & (held["rare"] | held["song"] | held["hei"])


def test_a_face_whose_licence_asks_for_it_tells_what_was_changed(fonts: FontSet) -> None:
    names = fonts.face("names")
    description = names.shaper.face.get_name(10)
    assert description.startswith("Changed on 2026-11-22")
    assert "BabelStone Han 15.0.5" in description
    assert "Arphic" in names.shaper.face.get_name(0)
    data = names.path.read_bytes()
    assert sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF == 0xB1B0AFBA  # as every font file sums up


def test_a_character_that_no_face_has_is_named(fonts: FontSet) -> None:
    with pytest.raises(GlyphError, match=r"L201 .*“🙂”（U\+1F642）.*仿宋"):
        fonts.choose("fang", "🙂")


def test_all_missing_characters_are_told_at_once(fonts: FontSet) -> None:
    assert fonts.missing("fang", "先🙂后𪚥再🙂") == "🙂𪚥"
    assert fonts.missing("fang", "镕堃喆昇𬭩𫖯，。：；（）《》〔2026〕①②㎡％℃→□■○●△▲√×÷±≤≥·——……") == ""
    with pytest.raises(GlyphError, match=r"🙂.*𪚥”（U\+2A6A5）") as caught:
        fonts.require("fang", "先🙂后𪚥")
    assert "另配收有此字的字库" in caught.value.hint
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
