"""How people say that they don't know, want a hint, want to hear it again, or want to go on.

Each pattern matches a whole short text: "next question, please" asks for the next question, "next it hashes the key"
does not. Repeats are possessive, so that no text makes them backtrack.
"""

from __future__ import annotations

import re

MAX_CHARS = 200
"""Longer texts are never taken as one of these."""

_BEFORE = r"""\W*+(?:(?:well|sorry|hmm+|u[mh]+|oh|ok(?:ay)?|so|and|but|please|honestly|frankly|actually|unfortunately
    |to\ be\ honest|excuse\ me|no\ thanks|no\ thank\ you|i(?:['’]?m|\s+am)\s+(?:sorry|afraid))\W++)*+"""
_AFTER = r"""(?:\W++(?:please|thanks|thank\s+you|then|now|for\s+now|again|sorry|honestly|really|at\s+all|unfortunately
    |to\ be\ honest|i(?:['’]?m|\s+am)\s+(?:sorry|afraid)|if\s+(?:possible|i\s+may|that['’]?s\s+(?:ok(?:ay)?|fine))
    |(?:would|that['’]?d)\s+(?:help|be\s+(?:great|nice|good))))*+\W*+$"""


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE | re.VERBOSE)


_ASK = r"(?:(?:can|could|may|might|would|will)\s+(?:i|you|we)\s+(?:please\s+)?)"
_HINT = r"(?:(?:a|the|another|one|some|one\s+more|a\s+small|a\s+little)\s+)?(?:hint|nudge|clue|tip)s?"
_THIS = r"(?:\s+(?:this|that|it|the))?(?:\s+(?:one|question|topic))?"

HINT = _whole(
    rf"""(?:{_ASK}(?:have|get|give\s+me|offer\s+me)\s+)?{_HINT}
    |(?:give|offer)\s+me\s+{_HINT}|i(?:['’]d|\s+would|['’]ll|\s+will|\s+could)?\s+(?:like|love|need|take|use)\s+{_HINT}
    |{_ASK}help\s+me(?:\s+out)?(?:\s+a\s+(?:bit|little))?"""
)
REPEAT = _whole(
    rf"""{_ASK}?(?:repeat|rephrase|reword){_THIS}
    |{_ASK}?say\s+(?:that|it|this)\s+(?:again|once\s+more)|say\s+again|come\s+again|pardon(?:\s+me)?|once\s+more
    |what\s+(?:was|is|were)\s+(?:the|your)\s+question|{_ASK}hear\s+(?:that|it|the\s+question)"""
)
SKIP = _whole(
    rf"""{_ASK}?(?:skip|pass\s+on){_THIS}|let['’]?s\s+skip{_THIS}|next\s+(?:one|question)
    |i(?:['’]d|\s+would)\s+(?:rather|prefer\s+to|like\s+to)\s+(?:skip{_THIS}|(?:move|go)\s+on|(?:move|go)\s+to\s+the\s+next{_THIS})
    |(?:let['’]?s|{_ASK})\s*(?:move|go|carry)\s+on(?:\s+to\s+the\s+next{_THIS})?
    |(?:let['’]?s|{_ASK})\s*(?:move|go)\s+to\s+the\s+next{_THIS}"""
)
YES = _whole(
    rf"""(?:yes|yeah|yep|yup|sure|of\s+course|why\s+not|go\s+ahead|i['’]d\s+like\s+(?:that|one))
    (?:\W++(?:please|sure|why\s+not|go\s+ahead|{_HINT}|give\s+me\s+{_HINT}|i['’](?:d|ll)\s+(?:like|love|take)\s+(?:one|that|{_HINT})
    |let['’]?s\s+(?:hear|have)\s+(?:it|one)|that\s+would\s+be\s+(?:great|nice)))*+
    |ok(?:ay)?|please|{_HINT}"""
)
NO = _whole(
    r"""(?:no|nope|nah|next|continue|pass|skip|move\s+on|go\s+on|let['’]?s\s+(?:move|go|roll)\s+on)
    (?:\W++(?:no|thanks|hint|next|question|one|please|skip|it|(?:let['’]?s\s+)?(?:move|go)\s+on))*+"""
)
_CANT = r"(?:can['’]?t|cannot|can\s+not|could\s?n['’]?t|could\s+not)"
_NOT = r"(?:do\s?n['’o]?t|do\s+not)"
_UNSURE = r"""(?!\b(?:but|though|although|however|maybe|perhaps|probably|possibly|because|so|i\s+(?:think|guess|believe
    |suppose|would|expect)|i['’]d)\b)[^.,;:!?\n]"""
_DONT_KNOW = rf"""
    (?:i\s+(?:(?:really|honestly)\s+)?{_NOT}\s+(?:(?:really|even)\s+)?(?:know|remember|recall|have\s+(?:an?y?\s+)?(?:idea|clue))
     |i(?:['’]?ve)?\s+(?:(?:really|honestly|have|absolutely)\s+)*no\s+(?:idea|clue|experience)
     |(?:i(?:['’]?m|\s+am)\s+)?(?:really\s+)?not\s+(?:(?:really|too|very|quite)\s+)?(?:sure|certain|familiar)
     |(?:absolutely\s+)?no\s+(?:idea|clue)|(?:i\s+)?dunno|idk|pass(?!\s+\w)|beats\s+me|i(?:['’]?ve|\s+have)?\s+forg[oe]t(?:ten)?
     |(?:i\s+)?{_CANT}\s+(?:answer|remember|recall|say|tell)|i\s+give\s+up
     |(?:(?:i(?:['’]?m|\s+am)\s+)?drawing|i\s+draw)\s+a\s+blank|my\s+mind\s+is\s+blank
     |(?:(?:i(?:['’]?ve|\s+have)?\s+)?never|i\s+have(?:n['’]?t|\s+not))\s+(?:heard\s+of|used|learned|worked\s+with|touched|tried))\b
    (?:{_UNSURE}){{0,60}}+"""
UNKNOWN = _whole(_DONT_KNOW)
UNKNOWN_THEN_HINT = _whole(rf"{_DONT_KNOW}\W++(?:{_ASK}(?:have|get|give\s+me)\s+{_HINT}|{_HINT})")
UNKNOWN_THEN_ON = _whole(
    rf"{_DONT_KNOW}\W++(?:pass|next|skip(?:\s+it)?|next\s+(?:one|question)|(?:(?:let['’]?s|{_ASK})\s*)?(?:move|go)\s+on)"
)
ASKS = re.compile(
    r"^(?:(?:sorry|ok(?:ay)?|so|and|but|um+|hmm+|well|just\s+to\s+(?:clarify|check|confirm)|before\s+i\s+start)\W+)*"
    r"(?:what|which|how|is|are|do|does|did|can|could|should|may|shall|would|will|who|when|where|why|am|"
    r"you\s+mean|do\s+you\s+mean|any)\b",
    re.IGNORECASE,
)
GUESSES = re.compile(
    r"^(?:(?:so|well|um+|hmm+|maybe|perhaps)\W+)*(?:is|are|does|do|isn['’]t|aren['’]t|would\s+(?:it|that)\s+be)\b",
    re.IGNORECASE,
)
