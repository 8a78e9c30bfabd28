"""What a candidate's words are taken as: an answer, a question back, "I don't know", a reply to an offer. Pure."""

from __future__ import annotations

import re

from interviewer.content.models import Question, Verdict
from interviewer.engine.events import Reading

_UNKNOWN = re.compile(
    r"""\W*+(?:(?:well|sorry|hmm+|u[mh]+|oh|honestly|frankly|actually|unfortunately|to\ be\ honest
               |i(?:['’]?m|\s+am)\s+(?:sorry|afraid))\W++)*+
    (?:i\s+(?:(?:really|honestly)\s+)?(?:do\s?n['’o]?t|do\s+not)\s+(?:(?:really|even)\s+)?
       (?:know|remember|recall|have\s+(?:an?y?\s+)?(?:idea|clue))
     |i(?:['’]?ve)?\s+(?:(?:really|honestly|have)\s+)*no\s+(?:idea|clue)
     |(?:i(?:['’]?m|\s+am)\s+)?(?:really\s+)?not\s+(?:(?:really|too|very|quite)\s+)?(?:sure|certain|familiar)
     |no\s+(?:idea|clue)|(?:i\s+)?dunno|idk|pass(?!\s+\w)|beats\s+me|i(?:['’]?ve|\s+have)?\s+forg[oe]t(?:ten)?
     |(?:i\s+)?(?:can['’]?t|cannot|can\s+not)\s+(?:answer|remember|recall)
     |(?:(?:i(?:['’]?ve|\s+have)?\s+)?never|i\s+have(?:n['’]?t|\s+not))\s+(?:heard\s+of|used|learned)\s+(?:it|that|this)
    )\b
    (?:(?!\b(?:but|though|although|however|maybe|perhaps|probably|possibly|because|so|i\s+(?:think|guess|believe
               |suppose|would|expect)|i['’]d)\b)[^.,;:!?\n]){0,60}+
    (?:\W++(?:sorry|honestly|really|unfortunately|please|thanks|thank\s+you|to\ be\ honest|at\s+all|next|pass
              |i(?:['’]?m|\s+am)\s+(?:sorry|afraid)|(?:let['’]?s\s+)?move\s+on|next\s+question
              |(?:can|could|may)\s+(?:i|you)\s+(?:have|get|give\s+me)\s+a\s+hint)\b)*+\W*+$""",
    re.IGNORECASE | re.VERBOSE,
)
_YES = re.compile(
    r"\W*+(?:yes|yeah|yep|yup|sure|ok(?:ay)?|please|(?:a|the)\s+hint|hint|go\s+ahead|give\s+me\s+(?:a|the)\s+hint|"
    r"(?:can|could|may)\s+(?:i|you)\s+(?:have|get|give\s+me)\s+(?:a|the)\s+hint|"
    r"i['’]?(?:d|ll)\s+(?:like|love|take)\s+(?:a|the)\s+hint)\b"
    r"(?:[\s,]++(?:please|a|the|hint|sure|thanks|thank\s+you|give|me|go|ahead|i['’]d|like|love|one|would|be|great|nice|"
    r"why|not|let['’]?s|hear|have|it))*\W*+$",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\W*+(?:no|nope|next|skip|pass|move\s+on|let['’]?s\s+(?:move|go)\s+on|go\s+on|continue|"
    r"i['’]?d\s+(?:rather|prefer\s+to)\s+(?:move|go)\s+on)\b"
    r"(?:[\s,]++(?:thanks|thank|you|please|let['’]?s|move|on|the|to|next|question|one|it|go|skip|hint))*\W*+$",
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
MAX_SHORT_CHARS = 200


def read(text: str, verdicts: dict[str, Verdict], *, offered: bool) -> Reading:
    """What `text` is. `offered` says that the interviewer has just offered a hint or to move on.

    Words that cover a rubric point are an answer whatever their shape: "is it ICMP?" answers.
    """
    if Verdict.MET in verdicts.values():
        return Reading.ANSWER
    short = text.strip() if len(text.strip()) <= MAX_SHORT_CHARS else ""
    if offered and _YES.match(short):
        return Reading.ACCEPTS_HINT
    if offered and _NO.match(short):
        return Reading.MOVES_ON
    if _UNKNOWN.match(short):
        return Reading.UNKNOWN
    return Reading.CLARIFICATION if _is_question(text) else Reading.ANSWER


def well_formed(text: str) -> str:
    """The text with halves of characters joined, lone ones replaced: what a journal and a model can take."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


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
