"""Mechanisms, commitments and commendations, from the tables of a structures file (机制、下一步、表彰)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.data import schema
from digest.data.model import Commendation, Commitment, Mechanism, Source
from digest.findings import Finding

if TYPE_CHECKING:
    from digest.data.model import MechanismKind
    from digest.data.schema import Taken

Structures = tuple[tuple[Mechanism, ...], tuple[Commitment, ...], tuple[Commendation, ...]]


def read_structures(file: Taken, seen: list[Finding]) -> Structures:
    """All three kinds in the order of the file; what is wrong with them is put to `seen` (D101, D102, D103, D107)."""
    mechanisms = schema.take_each(file, "mechanism", schema.MECHANISM, seen)
    commitments = schema.take_each(file, "commitment", schema.COMMITMENT, seen)
    commendations = schema.take_each(file, "commendation", schema.COMMENDATION, seen)
    return (
        tuple(_mechanism(taken, seen) for taken in mechanisms),
        tuple(_commitment(taken) for taken in commitments),
        tuple(_commendation(taken) for taken in commendations),
    )


def _mechanism(taken: Taken, seen: list[Finding]) -> Mechanism:
    return Mechanism(
        id=taken.text("id"),
        program=taken.text("program"),
        name=taken.text("name"),
        kind=_kind(taken, seen),
        items=taken.texts("items"),
        source=_source(taken),
        short=taken.text("short"),
        place=taken.place,
    )


def _commitment(taken: Taken) -> Commitment:
    return Commitment(
        id=taken.text("id"),
        program=taken.text("program"),
        text=taken.text("text"),
        source=_source(taken),
        deadline=taken.text("deadline"),
        owner=taken.text("owner"),
        owner_inferred=taken.flag("owner_inferred"),
        place=taken.place,
    )


def _commendation(taken: Taken) -> Commendation:
    return Commendation(taken.text("id"), taken.text("program"), taken.text("name"), _source(taken), place=taken.place)


def _source(taken: Taken) -> Source:
    return Source(document=taken.text("source"), quote=taken.text("quote"))


def _kind(taken: Taken, seen: list[Finding]) -> MechanismKind:
    """The kind a word names, in Chinese or as the model calls it."""
    word = taken.text("kind")
    if word in schema.MECHANISM_KINDS:
        return schema.MECHANISM_KINDS[word]
    for kind in schema.MECHANISM_KINDS.values():
        if kind == word:
            return kind
    if word:
        hint = f"可以填：{'、'.join(schema.MECHANISM_KINDS)}"
        seen.append(Finding("D107", "error", f"“kind”不能填“{word}”", taken.where("kind"), word, hint))
    return "parallel"
