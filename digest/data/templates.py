"""Templates (文字模板): a text with conditions and short lists, for an office that wants more than `text` can say.

A template is Jinja2, cut down to what can be looked over before it runs: words, `{{ f("slgj.funds") }}`, `{% if %}`,
and `{% for %}` over a list that stands there. Everything that is not in the tables below is refused with its line,
before anything is run: no include or import, no macros, no assignments, no arithmetic, no attributes but those of a
figure. So a template ends, is small, and reaches nothing. What comes out is written text as in `text`, and goes its
way: `f` prints `{slgj.funds}`, and numbers typed by hand are told of (F301).

    {% if f("slgj.funds.yoy").rose %}投入继续增加，{% elif f("slgj.funds.yoy").known %}投入有所减少，{% endif %}
    全省投入资金{{ f("slgj.funds") }}{% if f("slgj.funds") > 30000 %}，规模较大{% endif %}。

Codes: D342 jinja2 is not installed, D343 what is no template, D344 what a template may not do, D345 unknown ids, D346
comparisons that cannot be decided, D347 too much of it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from digest.data.documents import find_file
from digest.data.figure import Figure, UndecidedError, UnknownFigureError
from digest.data.model import Template
from digest.data.shelf import Shelf
from digest.data.tables import decode
from digest.findings import Finding, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from jinja2 import Environment, nodes

    from digest.data.model import Digest, Part
    from digest.data.schema import Taken

LONGEST: Final = 1_000_000
"""Characters that come out of a template at most."""
LONGEST_SOURCE: Final = 100_000
"""Characters of a template at most."""
MOST_STEPS: Final = 50_000
"""Steps that a template with all rounds of its loops takes at most: that is how its time is limited."""

# What a template is made of; nothing else is let through.
_NODES: Final = frozenset({
    "Template", "Output", "TemplateData", "Name", "Const", "If", "For", "CondExpr", "Compare", "Operand", "And", "Or",
    "Not", "Call", "Getattr", "Filter", "List", "Tuple", "Concat", "Neg",
})  # fmt: skip
_FUNCTIONS: Final = ("f", "数")
_ATTRIBUTES: Final = frozenset({"known", "rose", "fell", "level", "reached"})
_OF_LOOPS: Final = frozenset({"first", "last", "index"})
_FILTERS: Final[dict[str, Callable[[Any], Any]]] = {"trim": lambda value: str(value).strip(), "length": len}
_CALLED: Final[dict[str, str]] = {
    "Include": "include", "Import": "import", "FromImport": "import", "Extends": "extends", "Block": "block",
    "Macro": "macro", "CallBlock": "call", "Assign": "set", "AssignBlock": "set", "With": "with",
    "FilterBlock": "filter",
    "Mul": "*", "Pow": "**", "Add": "+", "Sub": "-", "Div": "/", "FloorDiv": "//", "Mod": "%", "Getitem": "[…]",
    "Slice": "[…]", "Test": "is", "Dict": "{…}", "ScopedEvalContextModifier": "autoescape", "Pos": "+",
}  # fmt: skip
_MAY: Final = '可用：{{ f("编号") }}、{% if %}、对列表的 {% for %}、比较和 .known .rose .fell .level .reached'


def with_templates(digest: Digest) -> Digest:
    """The same digest with the templates of its parts filled in, for whom the book is for; findings beside them."""
    parts = [part for section in digest.sections for part in section.parts]
    if not any(part.template for part in parts):
        return digest
    shelf = Shelf(digest.book, digest.facts)
    seen: list[Finding] = []

    def filled(part: Part) -> Part:
        if part.template is None:
            return part
        text, findings = render(part.template.text, shelf, part.template.file)
        seen.extend(findings)
        return replace(part, text=text)

    sections = tuple(
        replace(section, parts=tuple(filled(part) for part in section.parts)) for section in digest.sections
    )
    return replace(digest, sections=sections, findings=(*digest.findings, *seen))


def read_template(taken: Taken, folder: Path, seen: list[Finding]) -> Template | None:
    """The template that a part names; None where it names none or D109 says why there is none, D344 beside a `text`."""
    name = taken.text("template")
    if not name:
        return None
    path = find_file(folder, name, taken.where("template"), seen)
    if path is None:
        return None
    if taken.text("text"):
        hint = "文字写在 text 里，或写在 template 的文件里"
        seen.append(Finding("D344", "error", "“text”和“template”只能写一个", taken.where("template"), name, hint))
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"文件不能读取：“{name}”（{error.strerror}）"
        seen.append(Finding("D109", "error", message, taken.where("template"), name, "请检查权限"))
        return None
    text, notes = decode(data, name)
    seen += notes
    return Template(name, text)


def render(template: str, shelf: Shelf, shown: str) -> tuple[str, tuple[Finding, ...]]:
    """The written text of a template and all that is wrong with it; empty where it could not be filled in.

    `shown` is what its file is called. Lines are joined, since Chinese has no blanks between words; a blank line parts
    paragraphs. Needs jinja2.
    """
    try:
        import jinja2  # noqa: PLC0415 - only who has a template needs it
        from jinja2 import sandbox  # noqa: PLC0415 - the same
    except ImportError:
        hint = "请安装：pip install jianbao[templates]"
        return "", (_finding("D342", "没有安装 jinja2，不能用文字模板", shown, 0, hint),)
    if len(template) > LONGEST_SOURCE:
        return "", (_finding("D347", f"模板过长：{len(template)}字", shown, 0, f"最多{LONGEST_SOURCE}字"),)
    environment = sandbox.ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,
        cache_size=0,
    )
    environment.globals.clear()
    environment.filters = dict(_FILTERS)
    environment.tests.clear()
    try:
        return _filled(environment, template, shelf, shown)
    except (jinja2.TemplateError, *_FAULTS) as error:
        return "", (_why(error, shown),)


def _filled(environment: Environment, template: str, shelf: Shelf, shown: str) -> tuple[str, tuple[Finding, ...]]:
    """Looked over first, then filled in."""
    tree = environment.parse(template)
    refused = tuple(_refused(tree, shelf, shown))
    if refused:
        return "", refused
    given = dict.fromkeys(_FUNCTIONS, lambda key: Figure(shelf, key))
    return _joined(_limited(environment.from_string(tree).generate(given))), ()


def _why(error: BaseException, shown: str) -> Finding:
    """What went wrong in filling in, at the line where it did."""
    line = getattr(error, "lineno", None) or _line_of(error)
    if isinstance(error, UnknownFigureError):
        return _finding("D345", str(error), shown, line, _near(error.near))
    if isinstance(error, UndecidedError):
        return _finding("D346", str(error), shown, line, "先用 .known 判断有没有数；约数只比界限")
    if isinstance(error, _TooLongError | RecursionError | MemoryError):
        return _finding("D347", "模板的结果太长，或嵌套太深", shown, 0, f"最多{LONGEST}字")
    hint = f"检查 {{% %}}、{{{{ }}}} 和引号是否成对；{_MAY}"
    return _finding("D343", f"模板写法不对（{error}）", shown, line, hint)


class _TooLongError(Exception):
    """More came out than is let out."""


_FAULTS: Final = (
    UnknownFigureError, UndecidedError, _TooLongError, RecursionError, MemoryError, SyntaxError, ValueError, TypeError,
    ArithmeticError,
)  # fmt: skip


def _refused(tree: nodes.Template, shelf: Shelf, shown: str) -> Iterator[Finding]:
    """What in a template may not be there: words, names, attributes, calls, loops without end, unknown ids."""
    yield from _refused_below(tree, frozenset(), shelf, shown)
    steps = _steps(tree)
    if steps > MOST_STEPS:
        yield _finding("D347", f"循环的次数太多，共{steps}步", shown, 0, f"最多{MOST_STEPS}步")


def _refused_below(node: Any, targets: frozenset[str], shelf: Shelf, shown: str) -> Iterator[Finding]:  # noqa: ANN401 - a node of jinja2
    """The same of one node and what is in it; inside what is refused nothing more is looked for."""
    kind = type(node).__name__
    why = "" if kind in _NODES else f"模板里不能用“{_CALLED.get(kind, kind)}”"
    why = why or (_CHECKS[kind](node, targets) if kind in _CHECKS else "")
    if why:
        yield _finding("D344", why, shown, node.lineno, _MAY)
        return
    if kind == "Call" and type(node.args[0]).__name__ == "Const":
        yield from _unknown(node, shelf, shown)
    if kind == "For":
        targets |= {node.target.name}
    for child in _children(node):
        yield from _refused_below(child, targets, shelf, shown)


def _children(node: Any) -> Iterator[Any]:  # noqa: ANN401 - the same
    """What is in it, but for the names of functions that are called and of the loop whose state is asked."""
    kind = type(node).__name__
    for child in node.iter_child_nodes():
        named = kind == "Call" or (kind == "Getattr" and node.node is child and _is_loop(child))
        if not (named and child is node.node):
            yield child


def _is_loop(node: Any) -> bool:  # noqa: ANN401 - the same
    return type(node).__name__ == "Name" and bool(node.name == "loop")


def _unknown(call: Any, shelf: Shelf, shown: str) -> Iterator[Finding]:  # noqa: ANN401 - a node of jinja2
    try:
        Figure(shelf, call.args[0].value)
    except UnknownFigureError as error:
        yield _finding("D345", str(error), shown, call.lineno, _near(error.near))


def _name(node: Any, targets: frozenset[str]) -> str:  # noqa: ANN401 - the same
    return "" if node.name in targets else f"模板里没有“{node.name}”"


def _call(node: Any, _: frozenset[str]) -> str:  # noqa: ANN401 - the same
    ours = type(node.node).__name__ == "Name" and node.node.name in _FUNCTIONS
    alone = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    return "" if ours and alone else '模板里只能调用 f("编号")'


def _attribute(node: Any, _: frozenset[str]) -> str:  # noqa: ANN401 - the same
    known = _OF_LOOPS if _is_loop(node.node) else _ATTRIBUTES
    return "" if node.attr in known else f"模板里不能用“.{node.attr}”"


def _filter(node: Any, _: frozenset[str]) -> str:  # noqa: ANN401 - the same
    alone = not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
    return "" if node.name in _FILTERS and alone else f"模板里不能用“|{node.name}”"


def _loop(node: Any, _: frozenset[str]) -> str:  # noqa: ANN401 - the same
    listed = type(node.iter).__name__ in {"List", "Tuple"} and type(node.target).__name__ == "Name"
    return "" if listed and not node.recursive else '{% for %} 只能对写在那里的列表：{% for 市 in ["甲", "乙"] %}'


def _steps(node: Any) -> int:  # noqa: ANN401 - the same
    """How many nodes are run at most, those of a loop once a round."""
    rounds = len(node.iter.items) if type(node).__name__ == "For" and hasattr(node.iter, "items") else 1
    return 1 + rounds * sum(_steps(child) for child in node.iter_child_nodes())


def _printable(value: object) -> object:
    """What may be printed: words, whole numbers and figures."""
    if isinstance(value, bool) or not isinstance(value, str | int | Figure):
        raise UndecidedError(f"“{value}”不能印出来")
    return value


def _limited(pieces: Iterator[str]) -> str:
    out: list[str] = []
    length = 0
    for piece in pieces:
        length += len(piece)
        if length > LONGEST:
            raise _TooLongError
        out.append(piece)
    return "".join(out)


def _joined(text: str) -> str:
    """Lines of a paragraph as one; paragraphs stay apart."""
    paragraphs = re.split(r"\n[ \t\u3000]*\n", text.replace("\r\n", "\n"))
    lines = ("".join(line.strip() for line in paragraph.split("\n")) for paragraph in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _finding(code: str, message: str, shown: str, line: int, hint: str) -> Finding:
    return Finding(code, "error", message, Place(shown, "", f"第{line}行" if line else ""), hint=hint)


def _near(near: str) -> str:
    return f"是否应为“{near}”" if near else "编号见数据表的“编号”列和 [[metric]]"


def _line_of(error: BaseException) -> int:
    """The line of the template that was being filled in; 0 where it was none."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        line = trace.tb_lineno if trace.tb_frame.f_code.co_filename in {"<template>", "<unknown>"} else line
        trace = trace.tb_next
    return line


_CHECKS: Final[dict[str, Callable[[Any, frozenset[str]], str]]] = {
    "Name": _name,
    "Call": _call,
    "Getattr": _attribute,
    "Filter": _filter,
    "For": _loop,
}
