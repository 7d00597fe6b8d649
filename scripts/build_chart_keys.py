"""Write digest/charts/accepted.json anew: the keys and words that the installed plotly accepts in a figure.

    python scripts/build_chart_keys.py            read plotly's own schema and write the table
    python scripts/build_chart_keys.py --check    compare the table with the installed plotly, nothing else

Plotly's schema takes ten times as long to read as the table, in which what is said twice stands once.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

TABLE: Final = Path(__file__).resolve().parent.parent / "digest" / "charts" / "accepted.json"
_HOLDERS: Final = frozenset(("CompoundValidator", "CompoundArrayValidator", "TitleValidator"))
_NO_TRACES: Final = frozenset(("layout", "data", "frames", "frame"))

Shape = dict[str, int] | list[int] | list[str] | None
"""What a key may hold: an object of keys, a list of such objects, one of some words, or anything."""


def build() -> str:
    """The table as JSON, one shape a line; a shape is named by its number."""
    spec = find_spec("plotly")
    folder = Path((spec.submodule_search_locations or [""])[0]) if spec else Path()
    schema = json.loads((folder / "validators" / "_validators.json").read_text(encoding="utf-8"))
    shapes = _Shapes(schema)
    traces = {name: shapes.number(name) for name in sorted(schema) if "." not in name and name not in _NO_TRACES}
    table = {"layout": shapes.number("layout"), "traces": traces}
    head = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in table.items())
    lines = ",\n".join(shapes.lines)
    return f'{{{head},\n"shapes": [\n{lines}\n]}}\n'


class _Shapes:
    """Every shape once, in the order in which it is met."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.lines: dict[str, int] = {}
        self._schema = schema
        self._inner: dict[str, list[str]] = defaultdict(list)
        for path in schema:
            self._inner[path.rpartition(".")[0]].append(path)

    def number(self, path: str) -> int:
        text = json.dumps(self._shape(path), ensure_ascii=False, sort_keys=True)
        return self.lines.setdefault(text, len(self.lines))

    def _shape(self, path: str) -> Shape:
        kind, told = self._schema[path]["superclass"], self._schema[path]["params"]
        if kind in _HOLDERS:
            one = f"{path.rpartition('.')[0]}.{told['data_class_str'].lower()}"  # keys of an item of a list
            keys = self._keys(path if path in self._inner else one)
            if kind != "CompoundArrayValidator":
                return keys
            text = json.dumps(keys, ensure_ascii=False, sort_keys=True)
            return [self.lines.setdefault(text, len(self.lines))]
        if kind == "EnumeratedValidator":
            return [word for word in told["values"] if isinstance(word, str)] or None
        if kind == "FlaglistValidator":
            return ["+", *told["flags"], *(word for word in told.get("extras", ()) if isinstance(word, str))]
        return None

    def _keys(self, path: str) -> dict[str, int]:
        return {inner.rpartition(".")[2]: self.number(inner) for inner in self._inner[path] if self._is_key(inner)}

    def _is_key(self, path: str) -> bool:
        return path in self._schema and path != "layout.template"


def main() -> int:
    """Write or compare; 1 where the table is not what the installed plotly would give."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only")
    if not parser.parse_args().check:
        TABLE.write_text(build(), encoding="utf-8", newline="\n")
        return 0
    if TABLE.read_text(encoding="utf-8") == build():
        return 0
    sys.stderr.write(f"{TABLE.name} is not what plotly {version('plotly')} accepts: run this without --check\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
