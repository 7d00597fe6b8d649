"""Every rule finds what it must, and nothing else."""

from __future__ import annotations

import pytest

from digest.story.lint.lint import lint
from digest.story.lint.rules import RULES, Rule


def _named(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(value)


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.wrong], ids=_named)
def test_what_is_wrong_is_found_under_the_code_of_its_rule(rule: Rule, text: str) -> None:
    assert rule.code in {finding.code for finding in lint(text)}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.right], ids=_named)
def test_what_is_right_is_not_found(rule: Rule, text: str) -> None:
    assert rule.code not in {finding.code for finding in lint(text)}
