from __future__ import annotations

import pytest

from interviewer.tui.clocks import ago, minutes

MINUTE, HOUR, DAY = 60, 3_600, 86_400


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00"),
        (9.99, "0:09"),
        (60, "1:00"),
        (61, "1:01"),
        (3_599, "59:59"),
        (3_600, "60:00"),
        (90 * MINUTE + 5, "90:05"),
        (-3, "0:00"),
    ],
)
def test_minutes_as_a_clock_shows_them(seconds: float, shown: str) -> None:
    assert minutes(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "just now"),
        (59.9, "just now"),
        (-5, "just now"),
        (MINUTE, "1 minute ago"),
        (2 * MINUTE - 0.1, "1 minute ago"),
        (59 * MINUTE, "59 minutes ago"),
        (HOUR, "1 hour ago"),
        (23.9 * HOUR, "23 hours ago"),
        (DAY, "1 day ago"),
        (400 * DAY, "400 days ago"),
    ],
)
def test_how_long_ago_in_the_largest_unit(seconds: float, shown: str) -> None:
    assert ago(seconds) == shown
