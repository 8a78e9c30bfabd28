"""What a candidate's words are taken as: an answer, a question back, "I don't know", a reply to an offer. Pure."""

from __future__ import annotations

import re

from interviewer.content.models import Question, Verdict
from interviewer.engine import phrases
from interviewer.engine.events import Reading

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
MAX_QUESTION_WORDS = 40
MAX_GUESS_WORDS = 8
_Patterns = tuple[tuple[re.Pattern[str], Reading], ...]
_REQUESTS: _Patterns = (
    (phrases.HINT, Reading.ASKS_HINT),
    (phrases.UNKNOWN_THEN_HINT, Reading.ASKS_HINT),
    (phrases.REPEAT, Reading.ASKS_REPEAT),
    (phrases.SKIP, Reading.SKIPS),
    (phrases.UNKNOWN_THEN_ON, Reading.MOVES_ON),
)
_REPLIES: _Patterns = ((phrases.YES, Reading.ASKS_HINT), (phrases.NO, Reading.MOVES_ON))


def read(text: str, verdicts: dict[str, Verdict], *, offered: bool, known: bool = False) -> Reading:
    """What `text` is.

    `offered` says that the interviewer has offered a hint or to move on, `known` that they have a fact on what
    the text asks. A short guess that covers a rubric point is an answer ("is it ICMP?"), a question back is not.
    """
    short = text.strip() if len(text.strip()) <= phrases.MAX_CHARS else ""
    for pattern, reading in _REPLIES + _REQUESTS if offered else _REQUESTS:
        if pattern.match(short):
            return Reading.MOVES_ON if offered and reading is Reading.SKIPS else reading
    covers = Verdict.MET in verdicts.values()
    if _is_question(text):
        return Reading.ANSWER if covers and not known and _is_guess(text) else Reading.CLARIFICATION
    if phrases.UNKNOWN.match(short) and not covers:
        return Reading.UNKNOWN
    return Reading.ANSWER


def well_formed(text: str) -> str:
    """The text with halves of characters joined, lone ones replaced, and without NUL, which PostgreSQL refuses."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")


def find_clarification(question: Question, text: str) -> int | None:
    """The number of the authored fact that a question back is about, or None."""
    words = _words(text)
    best, best_length = None, 0
    for number, clarification in enumerate(question.clarifications):
        for about in clarification.about:
            phrase = _words(about)
            if phrase in words and len(phrase) > best_length:
                best, best_length = number, len(phrase)
    return best


def _is_question(text: str) -> bool:
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip()]
    if not sentences or len(text.split()) > MAX_QUESTION_WORDS or not sentences[-1].endswith("?"):
        return False
    return all(s.endswith("?") for s in sentences) and bool(phrases.ASKS.match(sentences[0]))


def _is_guess(text: str) -> bool:
    return len(text.split()) <= MAX_GUESS_WORDS and bool(phrases.GUESSES.match(text.strip()))


def _words(text: str) -> str:
    """Lower-case words between single spaces; a plural s is folded so that "nodes" finds "node"."""
    words = (w[:-1] if len(w) > 3 and w.endswith("s") else w for w in re.findall(r"[\w+#]+", text.lower()))
    return f" {' '.join(words)} "
