"""What a candidate's words are taken as: an answer, a question back, "I don't know", a reply to an offer. Pure."""

from __future__ import annotations

import re

from interviewer.content.models import Question, Verdict
from interviewer.engine.events import Reading

_UNKNOWN = re.compile(
    r"""^\W*(?:(?:well|sorry|hmm+|um+|uh+|honestly|to\ be\ honest|oh)\W+)*
    (?:i(?:['’]?\s?a?m)?\s+(?:really\s+|honestly\s+)?(?:(?:do\s?n['’o]?t|do\s+not|have\s+no|not)\s+)
       (?:know|sure|idea|clue|remember|recall|familiar)\b.{0,60}
     |no\s+(?:idea|clue)\b.{0,40}|(?:dunno|idk|pass)|(?:i\s+)?(?:can['’]?t|cannot)\s+(?:answer|remember|recall)\b.{0,40}
     |(?:i(?:['’]ve|\s+have)\s+)?never\s+(?:heard\s+of|used|learned)\s+(?:it|that|this)\b.{0,20})\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please|a\s+hint|hint|give\s+me\s+a\s+hint)\b"
    r"(?:[\s,]+(?:please|a|hint|sure|thanks|thank\s+you|give|me|go|ahead|i'd|like|one|would|be|great|nice))*\W*$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W*(?:no|nope|next|skip|pass|move\s+on|let['’]?s\s+move\s+on|go\s+on)\b"
    r"(?:[\s,]+(?:thanks|thank|you|please|let['’]?s|move|on|the|next|question|one|it|go|skip))*\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:(?:sorry|ok(?:ay)?|so|and|but|um+|hmm+|well|just\s+to\s+(?:clarify|check|confirm)|before\s+i\s+start)\W+)*"
    r"(?:what|which|how|is|are|do|does|did|can|could|should|may|shall|would|will|who|when|where|why|am|"
    r"you\s+mean|do\s+you\s+mean|any)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
MAX_QUESTION_WORDS = 40


def read(text: str, verdicts: dict[str, Verdict], *, offered: bool) -> Reading:
    """What `text` is. `offered` says that the interviewer has just offered a hint or to move on.

    Words that cover a rubric point are an answer whatever their shape: "is it ICMP?" answers.
    """
    if Verdict.MET in verdicts.values():
        return Reading.ANSWER
    if offered and _YES.match(text):
        return Reading.ACCEPTS_HINT
    if offered and _NO.match(text):
        return Reading.MOVES_ON
    if _UNKNOWN.match(text):
        return Reading.UNKNOWN
    return Reading.CLARIFICATION if _is_question(text) else Reading.ANSWER


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
    return all(s.endswith("?") for s in sentences) and bool(_ASKS.match(sentences[0]))


def _words(text: str) -> str:
    """Lower-case words between single spaces; a plural s is folded so that "nodes" finds "node"."""
    words = (w[:-1] if len(w) > 3 and w.endswith("s") else w for w in re.findall(r"[\w+#]+", text.lower()))
    return f" {' '.join(words)} "
