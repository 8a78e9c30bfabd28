"""Sentences that speak to the grader and not to the question: they are no part of an answer.

A list like this never ends and need not: what slips through still has to be the candidate's words on the point.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator

from interviewer.text import printable

_GRADER = r"(?:judge|grader|evaluator|examiner|llm|language\s+model)"
_MODEL = rf"(?:{_GRADER}|assistant|ai|chatbot|dan|unrestricted|jailbroken)"
_RULES = r"(?:instructions?|prompts?|rubrics?|rules?|guidelines?|criteria|directions|told|system\s+message)"
_GIVE = r"""(?:mark|grade|rate|score|give|award|return|output|report|set|treat|count|assign|consider|label|accept
    |put|answer|respond|reply|evaluate|judge|classify|write|certify|deem|declare)"""
_BEST = r"""(?:full\s+(?:marks?|credit|score|points)
    |(?:top|highest|max(?:imum)?)\s+(?:marks?|score|level|grade|points|credit)|perfect\s+score|strong\s+hire
    |all\s+(?:of\s+)?(?:the\s+|its\s+|your\s+)?(?:rubric\s+)?(?:points|criteria|boxes)
    |every\s+(?:single\s+)?(?:rubric\s+)?(?:point|criterion|item|box)
    |as\s+met|(?:level|score|grade)\s*(?:of\s*)?[:=]?\s*(?:4|four)|4\s*(?:/|out\s+of)\s*4|verdict)"""
_HELD = r"""(?:system\s+prompt|your\s+(?:instructions|prompt|rules)|
    (?:the\s+|your\s+)?(?:hidden\s+|full\s+|whole\s+)?rubric|model\s+answer|grading\s+(?:criteria|notes))"""
_SPEAKERS = (
    r"(?:system|assistant|developer|judge|grader|evaluator|examiner|moderator|tool|admin|root|interviewer|human|user)"
)
_SECTIONS = (
    r"(?:answers?|rubric|candidate|instructions?|prompt|transcript|input|system|judge|grading|verdicts?|evaluation)"
)
_PATTERNS = (
    # Set the rules aside.
    rf"\b(?:ignore|disregard|forget|over(?:ride|rule)|bypass|drop|discard|skip|stop\s+following)\b.{{0,40}}\b{_RULES}\b",
    r"""\b(?:new|updated|real|actual|true|following|hidden|secret|special)\s+(?:instructions?|rules?|rubric|task|orders?)
    \b.{0,20}(?::|\bare\b|\bis\b|\bfor\s+(?:you|the))""",
    # Give me marks.
    rf"\b{_GIVE}\b.{{0,60}}\b{_BEST}\b",
    r"""\b(?:all|every|each)\s+(?:of\s+)?(?:the\s+)?(?:rubric\s+)?(?:points?|criteri(?:a|on)|items?)\s+(?:\w+\s+){0,3}
    (?:met|covered|satisfied|fulfilled|passed)\b""",
    r"""\b(?:this|my|the)\s+(?:\w+\s+){0,2}(?:answer|response|submission|candidate)\s+(?:\w+\s+){0,4}
    (?:deserves|merits|earns|receives?|gets?|is\s+(?:perfect|flawless|complete|correct|excellent|level)|meets|satisfies|covers)
    \b.{0,40}(?:\b(?:marks?|credit|score|level|grade|rubric|criteri(?:a|on)|hire|points?)\b|$)""",
    # Somebody else is speaking now.
    rf"^\W{{0,20}}{_SPEAKERS}\s*(?:prompt|message|note|turn|override|output)?\s*(?::|\]|\)|>|=)",
    r"""<\|?/?\s*(?:im_start|im_end|endoftext|end_of_turn|start_of_turn|eot_id|system|assistant|user|instructions?|rubric
    |answers?|judge|verdict|candidate)\b""",
    r"\[/?(?:INST|SYS|SYSTEM|ASSISTANT|USER|JUDGE|END)\b|<</?SYS>>",
    rf"\b(?:begin(?:ning)?|end|start|close)\s*(?:of\s*)?(?:the\s+)?{_SECTIONS}\b\W{{0,20}}$",
    rf"^\W{{0,20}}(?:={{3,}}|-{{3,}}|\#{{2,}}|<{{2,}}|\*{{3,}})\s*(?:begin\s+|end\s+)?{_SECTIONS}\b",
    rf"\b(?:you\s+are|you're|act|behave|respond|pretend|play|imagine|roleplay|simulate)\b(?:\W+\w+){{0,4}}?\W+{_MODEL}\b",
    rf"\b(?:dear|hey|hello|hi|attention|note\s+to|message\s+(?:to|for))\s*,?\s+(?:the\s+)?(?:{_MODEL}|model|system)\b",
    rf"\b{_GRADER}\b.{{0,30}}\b(?:must|should|shall|will|please|has\s+to|needs?\s+to|is\s+to)\b",
    r"""\bi(?:'m|\s+am|\s+was)?\s+(?:\w+\s+){0,4}(?:developer|author|creator|maintainer|admin(?:istrator)?|engineer|owner
    |operator)s?\b.{0,60}\b(?:this|the)\s+(?:\w+\s+){0,2}
    (?:grader|judge|interview(?:er)?|tool|rubric|product|app|evaluation|test\s+harness)\b""",
    r"""\b(?:grading|grader|judge|evaluation|rubric|scoring)\s+(?:is\s+)?
    (?:test|mode|override|off|disabled|suspended|calibration|bypass)\b""",
    r"\b(?:call|count|consider)\s+(?:it|this|that)\s+(?:complete|done|met|answered|passed)\b",
    # Words that only a grader uses.
    r"\b(?:rubrics?|graders?|full\s+marks|strong\s+hire)\b",
    r"""\b(?:checklist|candidate|points|items?|criteria)\b.{0,30}\b(?:is|are|was|were|has|have)\s+(?:\w+\s+){0,2}
    (?:fulfilled|over|passed|covered|met|waived|withdrawn|complete)\b""",
    # The form of a verdict.
    r"[\"'{]\s*(?:verdicts?|scores?|points|level|grade|red_flags|criteria|quotes|overall)\s*[\"']?\s*:",
    r"""\b(?:final\s+)?(?:score|verdict|overall|grade|rating|level)\s*(?::|=|\bis\b)\s*
    (?:4|four|met|10|100|a\+|perfect|pass|strong)\b""",
    # Tell me what you hold.
    rf"\b(?:print|reveal|show|repeat|output|tell|give|leak|recite|disclose|display|quote|list|dump|copy)\b.{{0,40}}\b{_HELD}\b",
    r"\b(?:quote|cite)\b.{0,40}\b(?:as\s+(?:the\s+)?evidence|for\s+(?:each|every|all)\b|rubric)",
)
_INSTRUCTION = re.compile("|".join(f"(?:{p})" for p in _PATTERNS), re.IGNORECASE | re.MULTILINE | re.VERBOSE)
_CODED = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-f]{2}\s?){12,}", re.IGNORECASE)
_LEET = str.maketrans("0134578@$", "oieastbas")


def instructs(text: str) -> bool:
    """The text tries to steer whoever grades it, in plain words or coded."""
    return any(_INSTRUCTION.search(form) for form in _forms(text))


def plainly_instructs(text: str) -> bool:
    """The same in plain words alone: enough, and several times faster, where no model reads the text."""
    return bool(_INSTRUCTION.search(text))


def _forms(text: str) -> Iterator[str]:
    """The text as it may be meant: without what cannot be seen, and decoded."""
    plain = printable(unicodedata.normalize("NFKC", text)).replace("_", " ")
    yield printable(unicodedata.normalize("NFKC", text))
    yield plain
    yield re.sub(r"[*`~]+", "", plain)
    yield re.sub(r"\b(\w)[ .-](?=\w\b)", r"\1", plain)
    yield plain.translate(_LEET)
    yield codecs.encode(plain, "rot13")
    yield plain[::-1]
    for coded in _CODED.findall(text):
        yield _decoded(coded, base64.urlsafe_b64decode if set("-_") & set(coded) else base64.b64decode)
    for coded in _HEX.findall(text):
        yield _decoded("".join(coded.split()), bytes.fromhex)


def _decoded(coded: str, decode: object) -> str:
    try:
        padded = coded if decode == bytes.fromhex else coded.rstrip("=") + "=" * (-len(coded.rstrip("=")) % 4)
        return decode(padded).decode("utf-8")  # type: ignore[operator,no-any-return]
    except (binascii.Error, ValueError):
        return ""
