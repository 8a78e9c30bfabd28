"""What the words of a line tell: is it a question, with which label, of which kind.

The rules are the guesses of a careful reader; docs/import-a-post.md states them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from interviewer.content.models import Kind


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


_STARTS = re.compile(
    r"(?:and\s+|so\s+|then\s+|also,?\s+|ok,?\s+)?(?:what|how|why|when|where|which|who|whose|is|are|was|were|do|does|did|"
    r"can|could|would|should|will|have|has|had|explain|describe|define|differentiate|compare|contrast|discuss|tell|talk|"
    r"speak|walk|introduce|implement|write|design|architect|code|build|create|given|find|reverse|sort|merge|check|"
    r"calculate|compute|count|print|remove|return|list|name|give|show|solve|debug|optimi[sz]e|estimate|derive|prove|"
    r"suppose|imagine|assume|difference|differences|your|difference\s+between|if\s+you|in\s+an?)\b",
    re.IGNORECASE,
)
_NARRATES = re.compile(r"(?:i|we|they|he|she|it|my|the\s+interviewers?|there|this|that|overall|no)\b", re.IGNORECASE)
_WAS_ASKED = re.compile(
    r"(?:(?:i|we)\s+(?:was|were|got)\s+|(?:they|he|she|(?:the|my|our)\s+\w+(?:\s+\w+)?|interviewer)\s+)?(?:(?:also|then|first)\s+)?"
    r"asked\s+(?:me\s+|us\s+)?(?:to\s+|about\s+|:\s*)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:\(?\d{1,3}[.):]|[•◦▪‣·●○–—])\s+")
_NUMBERED_LABEL = re.compile(
    r"(?:questions?|problems?|tasks?|exercises?|ques|q)\s*(?:#|no\.?)?\s*\d{0,3}\s*[:.)–—-]\s*", re.IGNORECASE
)
_TELLS_TO = re.compile(
    r"(?:design|build|implement|write|create|explain|describe|introduce|tell|talk|walk|compare)\s+(?:an?|the|me|us|your|"
    r"yourself|how|why|what|two|three|about|some)\b",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(r"follow(?:ed)?[\s-]?ups?(?:\s+questions?)?\s*(?:[:–—-]\s*|$)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:(?:my\s+)?(?:answer|solution|response)|ans|a)\s*[:–—]", re.IGNORECASE)
_LABELS = (
    (Kind.CODING, r"(?:live\s+)?coding(?:\s+(?:tests?|questions?|problems?|tasks?|round|exercises?|challenges?))?|"
                  r"code|dsa|algorithms?(?:\s+questions?)?|data\s+structures?(?:\s+(?:and|&)\s+algorithms?)?|"
                  r"programming(?:\s+questions?)?|sql(?:\s+questions?)?|le[ei]tcode"),
    (Kind.SYSTEM_DESIGN, r"(?:ml\s+|machine\s+learning\s+|high[\s-]level\s+)?(?:system\s+|systems\s+)?design"
                         r"(?:\s+(?:questions?|round|problems?|tests?))?|hld|lld|architecture"),
    (Kind.BEHAVIOURAL, r"behaviou?ral(?:\s+questions?)?|hr(?:\s+questions?)?|culture(?:\s+fit)?|soft\s+skills?|"
                       r"soft\s+questions?|leadership\s+principles?"),
    (Kind.EXPERIENCE, r"(?:past\s+)?(?:experience|projects?|resume|cv)(?:\s+(?:questions?|discussion))?"),
    (Kind.INTRO, r"intro(?:duction)?s?|warm[\s-]?up"),
    (Kind.CONCEPT, r"(?:technical|theory|theoretical|conceptual|fundamentals?|concepts?|ml|knowledge)"
                   r"(?:\s+questions?)?"),
)  # fmt: skip
_LABEL = [(kind, re.compile(rf"(?:{words})\s*$", re.IGNORECASE)) for kind, words in _LABELS]


def asked(text: str) -> str | None:
    """The question in a line, without its number or label; None where the line only narrates.

    "They asked me to reverse a list." asks to reverse a list; "They were nice." asks nothing.
    """
    text = without_number(text)
    if text[:1] in _QUOTES and text[-1:] in _QUOTES:
        text = text[1:-1].strip()
    if told := _WAS_ASKED.match(text):
        rest = re.sub(r"\b[Mm]y\b", "your", text[told.end() :])
        return rest[:1].upper() + rest[1:] if rest else None
    if is_answer(text) or not any(c.isalnum() for c in text):
        return None
    if _NARRATES.match(text) and not ends_asking(text):
        return None
    return text


_QUOTES = frozenset("\"'“”‘’„«»")


def ends_asking(text: str) -> bool:
    """It ends in a question mark, whatever closes after it."""
    return text.rstrip("\"'“”’»)]*_ ").endswith(("?", "？", "؟"))


def tells_to(text: str) -> bool:
    """A sentence of a running text sets a task, or says that somebody set one."""
    return _TELLS_TO.match(text) is not None or _WAS_ASKED.match(text) is not None


def is_answer(text: str) -> bool:
    """Somebody's answer, not a question."""
    return _ANSWER.match(text) is not None


def without_number(text: str) -> str:
    """The text without "1.", "Q2:", "Problem 3:" or a bullet in front."""
    for pattern in (_NUMBER, _NUMBERED_LABEL):
        if found := pattern.match(text):
            text = text[found.end() :]
    return text


def is_numbered_question(text: str) -> bool:
    """It has "Q2:", "Problem 3:" or the like in front."""
    return _NUMBERED_LABEL.match(text) is not None


def is_asking(text: str) -> bool:
    """The form of the text alone says that it is a question or a task."""
    text = without_number(text)
    return ends_asking(text) or (_STARTS.match(text) is not None and not text.endswith(":"))


def follow_ups(text: str) -> list[str] | None:
    """The questions of a "Follow-up: …" line; None where it is no such line."""
    found = _FOLLOW_UP.match(text)
    return None if found is None else questions_in(text[found.end() :])


def questions_in(text: str) -> list[str]:
    """A text in its questions, cut after each question mark."""
    pieces = (piece.strip() for piece in re.split(r"(?<=\?)\s+", text))
    return [piece for piece in pieces if piece]


def split_label(text: str) -> tuple[Kind | None, str]:
    """ "Coding test: reverse a list" as its kind and the rest; the whole text and no kind where nothing labels it."""
    head, colon, rest = text.partition(":")
    if not colon:
        head, colon, rest = re.split(r"\s+([–—-])\s+", text, maxsplit=1) if _DASH.search(text) else (text, "", "")
    kind = label_kind(head) if colon and len(head) <= 40 else None
    rest = rest.strip()
    return (kind, rest[:1].upper() + rest[1:]) if kind and rest else (None, text)


_DASH = re.compile(r"\s[–—-]\s")


def label_kind(text: str) -> Kind | None:
    """The kind of question that a bare label such as "Coding tests" announces."""
    text = text.strip(" :")
    return next((kind for kind, words in _LABEL if words.match(text)), None) if len(text) <= 60 else None


_INTRO = _whole_words(
    r"introduce\s+yourself|about\s+yourself|walk\s+(?:me|us)\s+through\s+your\s+(?:resume|résumé|cv|background)"
)
_TASK = re.compile(
    r"(?:implement|code|program|write|given|reverse|merge|sort|find|check\s+(?:if|whether)|remove|count|print|return)\b"
    r"(?=.*\b(?:functions?|programs?|class|quer(?:y|ies)|arrays?|strings?|lists?|trees?|graphs?|bst|matri(?:x|ces)|stacks?|"
    r"queues?|heaps?|cache|threads?|numbers?|integers?|words?|nodes?|search|algorithms?|scripts?|code|regex|duplicates?)\b)",
    re.IGNORECASE,
)
_DESIGN = re.compile(
    r"(?:design|architect)\b|how\s+(?:would|do|will)\s+you\s+(?:design|architect)\s+an?\b", re.IGNORECASE
)
_EPISODE = _whole_words(
    r"(?:about|describe|of)\s+a\s+(?:time|situation)|conflicts?|strengths?|weakness(?:es)?|hobbies|"
    r"your\s+plans|(?:three|five)\s+years"
)
_EXPERIENCE = _whole_words(
    r"(?:talk|speak)\s+(?:\w+\s+)?about|tell\s+(?:me|us)\s+about|experiences?|projects?|have\s+you\s+(?:ever\s+)?"
    r"(?:used|worked|built|deployed|done|written|trained)|do\s+you\s+work|describe\s+your"
)
_PRACTICE_SITES = ("leetcode.com", "hackerrank.com", "codility.com", "geeksforgeeks.org", "neetcode.io", "lintcode.com")


def kind_of(text: str, remarks: Sequence[str], urls: Sequence[str], soft: bool) -> Kind:
    """The kind of an unlabelled question.

    By its words, by a link to a site of coding problems, by what a remark calls it ("a coding question"), else by the
    round.
    """
    if _INTRO.search(text):
        return Kind.INTRO
    if any(site in url for url in urls for site in _PRACTICE_SITES) or _TASK.match(text[:500]):
        return Kind.CODING
    if _DESIGN.match(text):
        return Kind.SYSTEM_DESIGN
    if _EPISODE.search(text):
        return Kind.BEHAVIOURAL
    if _EXPERIENCE.search(text):
        return Kind.EXPERIENCE
    called = next(filter(None, map(_CALLED.search, remarks)), None)
    if called:
        return Kind.BEHAVIOURAL if called[1].lower() == "soft" else label_kind(called[1]) or Kind.CONCEPT
    return Kind.BEHAVIOURAL if soft else Kind.CONCEPT


_CALLED = re.compile(r"\b(soft|coding|system\s+design|behaviou?ral)\s+(?:question|problem|task)\b", re.IGNORECASE)
