"""Find the modules of the installed plotly.js and write digest/charts/plotly_parts.json (plotly.js 的分段).

    python scripts/plotly_parts.py            write the file anew, for the plotly that is installed
    python scripts/plotly_parts.py --check    say whether the file is true to it, write nothing

plotly.js is a row of modules, `var X=W((exports,module)=>{…});`, of which a call X() runs one, and at its end the list
of traces that are registered. Which names a stretch between two heads declares is asked of V8, what a trace needs is
found by following who runs whom. Local names may look like a module's: too much may be found.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from py_mini_racer import MiniRacer

from digest.charts.figures import IN_PROCESS
from digest.charts.plotly_js import plotly_js, plotly_js_version

TARGET: Final = Path(__file__).parents[1] / "digest" / "charts" / "plotly_parts.json"

FIRST: Final = frozenset(["bar", "box", "funnel", "heatmap", "histogram", "pie", "scatter", "waterfall"])
"""Traces of a usual digest; they share nearly all of their modules."""

_HEAD: Final = re.compile(rb"(?<=[;}\n])\s*(var ([\w$]+)=([\w$]+)\((?:\([\w$,]*\)|[\w$]+)=>\{)")
_REGISTER: Final = re.compile(rb"var ([\w$]+)=([\w$]+)\(\);\1\.register\(\[([\w$(),]*)\]\)")
_CALL: Final = re.compile(rb"([\w$]+)\(\)")
_NAMESPACE: Final = re.compile(rb"([\w$]+)=e=>[\w$]+\([\w$]+\(\{\},\"__esModule\"")
_EITHER_KIND: Final = 2  # modules of the old kind and of the new one, each wrapped by a function of its own
# A script makes the names that it declares global before it runs, and this one comes no further.
_NAMES_OF: Final = """
const known = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, true]));
function namesOf(stretch) {
  try { (0, eval)("throw 0;" + stretch); } catch (error) { if (error !== 0) throw error; }
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => !(name in known));
  for (const name of names) known[name] = true;
  return JSON.stringify(names);
}
0"""
_RE_EXPORT: Final = 600  # a module that short may only hand on another


@dataclass(frozen=True, slots=True)
class Module:
    """A stretch of plotly.js from the head of one module to the next, with the names of others that occur in it."""

    start: int
    end: int
    needs: frozenset[bytes]


def parts_of(content: bytes) -> dict[str, Any]:
    """What plotly_parts.json says of this plotly.js. `ValueError` where it is built otherwise than expected."""
    heads = list(_HEAD.finditer(content))
    register = _REGISTER.search(content, heads[-1].start() if heads else 0)
    if not heads or register is None:
        raise ValueError("this plotly.js is not a row of modules with a list of traces at its end")
    opening = content.index(b'"use strict";var Plotly=')
    starts = [head.start(1) for head in heads]  # the last module has the list and is said anew
    modules = _modules(content, heads)
    core = register.group(2)
    entries = {
        kind: entry[:-2]
        for entry in register.group(3).split(b",")
        if (kind := _kind_of(entry[:-2], modules, content)) in IN_PROCESS | {"calendars"}
    }
    if not set(entries) >= FIRST - {"scatter"}:
        raise ValueError(f"no module is known for {sorted(FIRST - {'scatter'} - set(entries))}")
    now = {kind: entry for kind, entry in entries.items() if kind in FIRST}
    then = {kind: entry for kind, entry in entries.items() if kind not in FIRST}
    first = _reached(modules, [core, *now.values()])
    later = _reached(modules, [core, *entries.values()]) - first
    return {
        "version": plotly_js_version(),
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "core": core.decode(),
        "traces": sorted(FIRST),
        "register": {"first": _calls(now), "later": _calls(then)},
        "first": _places({Module(opening, starts[0], frozenset()), *first}),
        "later": _places(later),
    }


def _modules(content: bytes, heads: list[re.Match[bytes]]) -> dict[bytes, Module]:
    """Every name that is declared between the modules' heads, with the stretch that declares it."""
    wrappers = b"|".join(name for name, _ in Counter(head.group(3) for head in heads).most_common(_EITHER_KIND))
    loaders = frozenset(re.findall(rb"([\w$]+)=(?:%b)\(" % wrappers, content))
    namespace = _NAMESPACE.search(content)
    of_loaded = re.compile(rb"\b%b\(([\w$]+)\)" % re.escape(namespace.group(1) if namespace else b"?"))
    declared: dict[tuple[int, int], list[bytes]] = {}
    with MiniRacer() as racer:
        racer.eval(_NAMES_OF)
        for place in itertools.pairwise(head.start(1) for head in heads):
            names = json.loads(str(racer.eval(f"namesOf({json.dumps(content[slice(*place)].decode())})")))
            declared[place] = [name.encode() for name in names]
    every = frozenset(name for names in declared.values() for name in names)
    modules: dict[bytes, Module] = {}
    for (start, end), names in declared.items():
        words = loaders.intersection(_CALL.findall(content, start, end)).union(of_loaded.findall(content, start, end))
        modules |= dict.fromkeys(names, Module(start, end, words & every - set(names)))
    return modules


def _kind_of(entry: bytes, modules: dict[bytes, Module], content: bytes) -> str:
    """Trace or component that an entry of the list registers, seen through modules that only hand it on."""
    waiting, seen = [entry], set[bytes]()
    while waiting:
        name = waiting.pop(0)
        module = modules[name]
        seen.add(name)
        text = content[module.start : module.end]
        if re.search(rb'moduleType:"(?:trace|component)"', text):
            match = re.search(rb'\bname:"(\w+)"', text)
            return match.group(1).decode() if match else ""
        if len(text) < _RE_EXPORT:
            waiting += sorted(module.needs - seen)
    return ""


def _reached(modules: dict[bytes, Module], wanted: list[bytes]) -> set[Module]:
    reached: set[Module] = set()
    while wanted:
        module = modules[wanted.pop()]
        if module not in reached:
            reached.add(module)
            wanted += module.needs
    return reached


def _calls(entries: dict[str, bytes]) -> str:
    return ",".join(f"{entries[kind].decode()}()" for kind in sorted(entries))


def _places(modules: set[Module]) -> list[list[int]]:
    """Places of these modules in the order of the file, those that touch as one."""
    places: list[list[int]] = []
    for module in sorted(modules, key=lambda module: module.start):
        if places and places[-1][1] == module.start:
            places[-1][1] = module.end
        else:
            places.append([module.start, module.end])
    return places


def main() -> int:
    """Write the file or compare it; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    text = json.dumps(parts_of(plotly_js().read_bytes()), separators=(",", ":")) + "\n"
    if options.check:
        true = TARGET.read_text(encoding="utf-8") == text
        sys.stdout.write(f"plotly_parts.json {'is' if true else 'is NOT'} true to plotly.js {plotly_js_version()}\n")
        return 0 if true else 1
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{TARGET.name}: {len(text)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
