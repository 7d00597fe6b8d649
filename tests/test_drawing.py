from __future__ import annotations

import pytest

from digest.drawing import Awaited, Group, Path, rectangle

MARKS = (Path(rectangle(0, 0, 1, 1)), Path(rectangle(1, 1, 2, 2)))


def test_awaited_marks_come_once_and_are_equal_to_the_marks_themselves() -> None:
    calls = []

    def come() -> tuple[Path, ...]:
        calls.append(1)
        return MARKS

    awaited = Awaited(come)
    assert not calls
    assert (len(awaited), awaited[1], awaited[:1]) == (2, MARKS[1], MARKS[:1])
    assert awaited == MARKS
    assert Group(awaited) == Group(Awaited(lambda: MARKS))
    assert hash(awaited) == hash(MARKS)
    assert calls == [1]


def test_what_awaited_marks_raise_is_raised_by_every_look() -> None:
    def fail() -> tuple[Path, ...]:
        raise RuntimeError("not drawn")

    awaited = Awaited(fail)
    for _ in range(2):
        with pytest.raises(RuntimeError, match="not drawn"):
            len(awaited)
