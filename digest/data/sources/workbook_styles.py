"""How cells of a workbook are formatted (单元格样式): number formats, what they make of a number, struck fonts.

The numbers below 164 are formats that no file writes out; 27 to 36 and 50 to 58 are those of the Chinese program
(ECMA-376 part 1, 18.8.30).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FormatKind = Literal["", "date", "moment", "time", "elapsed"]
"""What a format shows of a number: the number, a day, a day with its time, a time of day, hours that passed."""

YEAR_MONTH: Final = 'yyyy"年"m"月"'
MONTH_DAY: Final = 'm"月"d"日"'
NOON: Final = "上午/下午"

BUILT_IN: Final[dict[int, str]] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    27: YEAR_MONTH,
    28: MONTH_DAY,
    29: MONTH_DAY,
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: f'{NOON}h"时"mm"分"',
    35: f'{NOON}h"时"mm"分"ss"秒"',
    36: YEAR_MONTH,
    37: "#,##0;\\-#,##0",
    38: "#,##0;[Red]\\-#,##0",
    39: "#,##0.00;\\-#,##0.00",
    40: "#,##0.00;[Red]\\-#,##0.00",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("¥"* #,##0_);_("¥"* \\(#,##0\\);_("¥"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("¥"* #,##0.00_);_("¥"* \\(#,##0.00\\);_("¥"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: YEAR_MONTH,
    51: MONTH_DAY,
    52: YEAR_MONTH,
    53: MONTH_DAY,
    54: MONTH_DAY,
    55: f'{NOON}h"时"mm"分"',
    56: f'{NOON}h"时"mm"分"ss"秒"',
    57: YEAR_MONTH,
    58: MONTH_DAY,
}


@dataclass(frozen=True, slots=True)
class CellStyles:
    """By the number that a cell gives of its style: its format (empty: General), what that shows, whether struck."""

    formats: tuple[str, ...] = ("",)
    kinds: tuple[FormatKind, ...] = ("",)
    struck: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls, formats: Sequence[int], fonts: Sequence[int], custom: Mapping[int, str], struck: set[int]
    ) -> CellStyles:
        """Styles that name their format and font by number; `custom` are the formats the file writes out."""
        written = tuple(_written(custom.get(number, BUILT_IN.get(number, ""))) for number in formats)
        known: dict[str, FormatKind] = {text: format_kind(text) for text in set(written)}
        return cls(
            written,
            tuple(known[text] for text in written),
            frozenset(style for style, font in enumerate(fonts) if font in struck),
        )

    def acting(self) -> dict[int, tuple[str, FormatKind, bool]]:
        """The styles that say something about a value: format, what it shows, whether struck."""
        shown = enumerate(zip(self.formats, self.kinds, strict=True))
        return {
            style: (text, "" if kind == "elapsed" else kind, style in self.struck)
            for style, (text, kind) in shown
            if text or style in self.struck
        }


def format_kind(number_format: str) -> FormatKind:
    """What a number format shows of a number."""
    elapsed = _ELAPSED.search(number_format)
    shown = _LITERAL.sub("", number_format.partition(";")[0]).lower()
    if elapsed:
        return "elapsed"
    letters = set(shown) & set("ymdhsegb")
    time = letters & {"h", "s"}
    if not letters or not _written(shown) or (set(shown) & set("0#?") and "s" not in letters):
        return ""
    if letters & set("ydegb") or not time:
        return "moment" if time else "date"
    return "time"


def _written(number_format: str) -> str:
    """Empty for General, whatever the program's language calls it."""
    return "" if number_format.strip().lower() in _GENERAL else number_format


_GENERAL: Final = {"", "general", "g/通用格式", "通用格式", "standard"}
_ELAPSED: Final = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# what stands in quotation marks, behind a backslash, as padding or in brackets; AM/PM; the exponent of 0.00E+00
_LITERAL: Final = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|上午/下午|E[+-]', re.IGNORECASE)
