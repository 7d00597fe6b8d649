"""The street: which room may know of which, and what is absent everywhere."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(digest.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# Whoever needs one of these gives back something else tomorrow, elsewhere or for somebody else.
CHANGING_MODULES = {"locale", "random", "secrets", "uuid", "getpass", "socket", "platform"}
CHANGING_CALLS = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "time.time",
    "time.localtime",
    "time.strftime",
    "os.environ",
    "os.getenv",
    "os.urandom",
    "Path.home",
}
# A password stands in no project, so one function looks up the variable that a project names.
ALLOWED = {"data/sources/sql.py": {"os.environ"}}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc", "core"}


def test_imports_run_one_way_and_each_package_stays_in_its_room(checkout: Path) -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_public_name_can_be_fetched_and_no_other() -> None:
    for name in digest.__all__:
        assert getattr(digest, name) is not None
    assert set(digest.__all__) == {*digest._ROOM_OF, "__version__"}
    assert dir(digest) == sorted(digest.__all__)
    with pytest.raises(AttributeError, match="no attribute 'generate'"):
        _ = digest.generate


def test_the_public_names_are_known_to_type_checkers_as_well() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))
    told = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert set(digest.__all__) - {"__version__"} <= told


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nobody_asks_the_clock_the_locale_the_environment_or_a_random_source(module: Path) -> None:
    asked = set(_words(ast.parse(module.read_text(encoding="utf-8"))))
    allowed = ALLOWED.get(module.relative_to(PACKAGE).as_posix(), set())
    assert not asked & (CHANGING_MODULES | CHANGING_CALLS) - allowed


def test_the_environment_is_looked_at_in_one_function_alone() -> None:
    tree = ast.parse((PACKAGE / "data" / "sources" / "sql.py").read_text(encoding="utf-8"))
    (function,) = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "url_of"]
    assert [*_words(tree)].count("os.environ") == [*_words(function)].count("os.environ") == 1


def test_no_file_is_a_hall_for_what_has_no_place() -> None:
    assert not {path.stem for path in PACKAGE.rglob("*")} & VAGUE_NAMES


def _words(tree: ast.AST) -> Iterator[str]:
    """Modules imported and dotted names used."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module.split(".")[0]
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.Attribute(value=ast.Name(id=owner), attr=name):
                yield f"{owner}.{name}"
            case ast.Attribute(value=ast.Attribute(attr=owner), attr=name):
                yield f"{owner}.{name}"
            case _:
                pass
