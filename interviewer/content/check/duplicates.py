"""Questions that ask the same in two files."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import ceil

from interviewer.content.check.findings import Flaw
from interviewer.content.check.rubric import SAME_WORDING
from interviewer.content.models import Question
from interviewer.language import all_stems


def flaws(questions: Mapping[str, Question]) -> Iterator[tuple[str, Flaw]]:
    """Id of the later question and its flaw, for every phrasing that nearly is another question's.

    Two sets of which 80 % is common share one of their rarest words, so that each is compared with few others only.
    """
    asks = [(name, nth, frozenset(all_stems(ask))) for name, q in questions.items() for nth, ask in enumerate(q.asks)]
    uses = Counter(stem for _, _, stems in asks for stem in stems)
    by_stem: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for name, nth, stems in asks:
        ordered = sorted(stems, key=lambda s: (uses[s], s))
        rare = ordered[: len(ordered) - ceil(SAME_WORDING * len(ordered)) + 1]
        others = (pair for stem in rare for pair in by_stem[stem])
        for other, its in others:
            if other != name and len(stems & its) >= SAME_WORDING * len(stems | its):
                yield name, Flaw(("asks", nth), f"`{other}` asks the same; keep one of the two questions")
                break
        for stem in rare:
            by_stem[stem].append((name, stems))
