"""What the words of a heading tell: is it a round, something around the interview, hard or soft."""

from __future__ import annotations

import re


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_ROUND = _whole_words(r"round|stage|phone|screen|screening|on-?site|interview(?:\s*#?\d+)?")
_NUMBERED_ROUND = _whole_words(
    r"(?:round|stage|interview)\s*(?:#|no\.?|number)?\s*(?:\d+|one|two|three|four|five|[ivx]+)"
)
_ASKS_THINGS = _whole_words(
    r"questions?|coding|code|system\s+design|design|technical|behaviou?ral|hr|managerial|fundamentals?|concepts?|"
    r"tests?|assessment|assignment|take-?home|call|chat|loop|day|final|panel|fit|screens?|rounds?|interviews?|asked"
)
_ASIDE = _whole_words(
    r"tips?|advice|prep|prepar(?:e|ed|ation|ing)|resources?|references?|links?|conclusions?|ending|summary|takeaways?|"
    r"lessons?|background|timeline|offers?|outcomes?|results?|verdict|contents|overview|about|disclaimer|comments?|"
    r"thanks?|acknowledge?ments?|application|process|compensation|salary|reflections?|thoughts?|reading|books?|"
    r"feedback|next\s+steps?|tl;?dr|footnotes?|notes?|credits|my\s+stack|update|appendix"
)
_SOFT = _whole_words(
    r"soft|behaviou?ral|hr|human\s+resources|culture|cultural|fit|values|recruiter|hiring\s+manager|managerial|people"
)
_HARD = _whole_words(r"hard|technical|coding|code|system\s+design|machine\s+learning|ml")


def is_round(heading: str) -> bool:
    """The heading names a round or screen."""
    return _ROUND.search(heading) is not None


def is_numbered_round(text: str) -> bool:
    """The text says which round it is ("Round 2", "Interview #3")."""
    return _NUMBERED_ROUND.search(text) is not None


def is_round_line(text: str) -> bool:
    """A plain line that stands for a round's heading: short, no sentence, and it names a round."""
    if len(text) > 90 or text.endswith(("?", ".", "!", ",", ";")):
        return False
    return bool(_NUMBERED_ROUND.match(text)) or bool(len(text.split()) <= 6 and re.match(_ROUND_LINE, text))


_ROUND_LINE = re.compile(
    r"(?:\w+\s+){0,3}(?:phone\s+screen|phone\s+interview|screening|round|on-?site)(?:\s+(?:round|interview))?\s*:?$",
    re.IGNORECASE,
)


def asks_things(heading: str) -> bool:
    """Lines below such a heading are questions, whatever form they have."""
    return _ASKS_THINGS.search(heading) is not None


def is_aside(heading: str) -> bool:
    """The heading belongs to what surrounds an interview: preparation, outcome, thanks."""
    return _ASIDE.search(heading) is not None and not is_round(heading.split(":", maxsplit=1)[0])


def softness(*headings: str) -> bool:
    """Whether a round is a soft one, by the first of its headings (the nearest first) that says either."""
    for heading in headings:
        if _SOFT.search(heading) and not _HARD.search(heading):
            return True
        if _HARD.search(heading):
            return False
    return False
