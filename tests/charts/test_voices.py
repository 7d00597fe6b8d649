from __future__ import annotations

import pytest

from digest.charts.voices import FAMILIES, VOICES, voice_of


@pytest.mark.parametrize(
    ("family", "weight", "voice"),
    [
        ("Noto Sans SC", "normal", "hei"),
        ('"Noto Serif SC", serif', "bold", "song-bold"),
        ("Arial, 宋体, 黑体", "400", "song"),
        ("Open Sans, verdana", "700", "hei-bold"),
        ("TOBESTRIPPEDSimSunTOBESTRIPPED, serif", "normal", "song"),  # as plotly.js quotes it
        ("", "normal", "hei"),
    ],
)
def test_a_family_and_a_weight_name_a_voice(family: str, weight: str, voice: str) -> None:
    assert voice_of(family, weight) == voice


def test_every_family_leads_to_a_voice_that_is_measured() -> None:
    assert set(FAMILIES.values()) <= set(VOICES)
