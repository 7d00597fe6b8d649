"""One table, wherever it is kept: a file, a database or a frame, the book is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from digest.data.load import load
from digest.errors import DataError
from tests.data.projects import SOURCES, kept_in, small_project

if TYPE_CHECKING:
    from pathlib import Path

    from digest.data.book import Book
    from tests.postgres import Postgres


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_project(tmp_path / "项目")


def read(folder: Path, **handed: Any) -> Book:  # noqa: ANN401  frames and connections
    """The book without the cells, which have another address in every source."""
    book = load(folder, **handed).book
    assert book is not None
    assert len(book.observations) == 36
    return replace(book, observations={key: replace(one, place=None) for key, one in book.observations.items()})


@pytest.mark.parametrize("kind", SOURCES)
def test_files_frames_and_databases_give_the_same_book(folder: Path, kind: str) -> None:
    for package in ("pandas", *(("duckdb",) if kind == "duckdb" else ())):
        pytest.importorskip(package)
    book = read(folder)
    assert read(folder, **kept_in(folder, kind)) == book


def test_postgresql_gives_the_book_of_the_file(folder: Path, postgres: Postgres) -> None:
    sqlalchemy = pytest.importorskip("sqlalchemy")
    book = read(folder)
    engine = sqlalchemy.create_engine(postgres.url)
    with engine.connect() as made:
        assert read(folder, **kept_in(folder, "postgresql", made)) == book
    engine.dispose()


def test_a_connection_that_nobody_opened_is_told(folder: Path) -> None:
    kept_in(folder, "sqlite")
    with pytest.raises(DataError) as raised:
        load(folder)
    assert raised.value.code == "D235"
