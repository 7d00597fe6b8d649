"""SVG that stands alone: what an engine drew, made fit for viewers that know nothing of our faces.

The drawing is left as it is and text stays text. Every text names the faces it was measured in, and the file brings the
glyphs of them that it needs, so that browsers show it alike on any machine. Programs that do not read faces in a file
take one that their system has, of the families named next. A title tells what is shown.
"""

from __future__ import annotations

import base64
import re
from html import unescape
from itertools import product
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from digest.charts.voices import INVISIBLE, is_bold, voice_of
from digest.fonts import clusters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from digest.fonts import Face, FontSet

FAMILIES: Final[Mapping[str, tuple[str, str]]] = {
    "hei": (
        "Noto Sans SC",
        "'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', SimHei, sans-serif",
    ),
    "song": ("Noto Serif SC", "'Noto Serif CJK SC', 'Source Han Serif SC', SimSun, 'Songti SC', serif"),
}
"""Voice -> family of our face, and what systems have instead, then any of the kind."""

_FAMILY: Final = re.compile(r"font-family: ((?:&[a-z]+;|[^;\"])*)")
_WEIGHT: Final = re.compile(r"font-weight: (\w+)")
_TEXT: Final = re.compile(r">([^<]+)<")
_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_OWN_ID: Final = re.compile(r'\bid="defs-([0-9a-f]{6})"')
_IDS: Final = r"""(\bid="[^"]*|href="\#[^"]*|url\((?:'|"|&quot;)?\#[^)]*){uid}"""


def standalone(svg: str, title: str, fonts: FontSet) -> str:
    """The same drawing as a document of its own, with that title and the glyphs of its texts."""
    voices: set[str] = set()

    def family(match: re.Match[str]) -> str:
        voice = voice_of(unescape(match.group(1)), "normal")
        voices.add(voice)
        own, others = FAMILIES[voice]
        return f"font-family: '{own}', {others}"

    named = _FAMILY.sub(family, svg)
    bold = any(is_bold(weight) for weight in _WEIGHT.findall(named))
    text = "".join(dict.fromkeys(unescape("".join(_TEXT.findall(named)))))
    rules = "".join(
        rule
        for voice, weight in product(sorted(voices), ("normal", "bold") if bold else ("normal",))
        for rule in _faces(voice, weight, text, fonts)
    )
    head = f"<title>{escape(title)}</title>" + (f"<style>{rules}</style>" if rules else "")
    return _ROOT.sub(lambda match: match.group() + head, named, count=1) + "\n"


def settled(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure with traces that have names, which a browser would else draw from chance."""
    data = [{"uid": f"trace{number}", **trace} for number, trace in enumerate(figure["data"])]
    return {**figure, "data": data}


def without_chance(svg: str) -> str:
    """A browser's SVG without the random name of its figure: same figure, same bytes."""
    found = _OWN_ID.search(svg)
    return re.sub(_IDS.format(uid=found.group(1)), r"\1figure", svg) if found else svg


def _faces(voice: str, weight: str, text: str, fonts: FontSet) -> Iterator[str]:
    """A rule for each face that draws some of the text, holding just that."""
    bold = f"{voice}-bold" if is_bold(weight) else voice
    drawn: dict[str, set[str]] = {}
    for cluster in clusters(text):
        for character in cluster:
            if character not in INVISIBLE and not fonts.missing(bold, character):
                drawn.setdefault(fonts.choose(bold, character), set()).add(character)
    for key, characters in sorted(drawn.items()):
        data = base64.b64encode(_subset(fonts.face(key), characters)).decode()
        held = ",".join(f"U+{ord(character):X}" for character in sorted(characters))
        yield (
            f"@font-face{{font-family:'{FAMILIES[voice][0]}';font-weight:{weight};unicode-range:{held};"
            f"src:url(data:font/{'otf' if fonts.face(key).outlines == 'cff' else 'ttf'};base64,{data})}}"
        )


def _subset(face: Face, characters: set[str]) -> bytes:
    """A font file of those characters and no hints."""
    import uharfbuzz as hb  # noqa: PLC0415 - already loaded by the time a face is open

    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING
    wanted.unicode_set.set({ord(character) for character in characters})
    wanted.layout_feature_tag_set.clear()
    program: bytes = hb.subset(face.shaper.face, wanted).blob.data
    return program
