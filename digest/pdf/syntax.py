"""How PDF writes numbers, strings and dictionaries (ISO 32000-1, 7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def number(value: float, places: int = 3) -> str:
    """The shortest decimal of at most `places` digits; PDF knows no exponent and needs no `-0`."""
    text = f"{value:.{places}f}"
    if places:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def numbers(values: Iterable[float], places: int = 3) -> str:
    """Numbers with blanks between."""
    return " ".join(number(value, places) for value in values)


def text_string(text: str) -> str:
    """A text string in UTF-16BE with its byte order mark, in hexadecimal: nothing in it can end it early."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def dictionary(entries: Mapping[str, str]) -> str:
    """`<< /Key value ... >>`, in the order given; an empty value leaves its key out."""
    inside = " ".join(f"/{key} {value}" for key, value in entries.items() if value)
    return f"<< {inside} >>"


def array(values: Iterable[str]) -> str:
    """`[value value ...]`."""
    return f"[{' '.join(values)}]"
