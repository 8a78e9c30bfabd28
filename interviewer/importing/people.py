"""Who interviewed and for how long, as far as a line of a post says so."""

from __future__ import annotations

import re

from interviewer.importing.outline import Person

MAX_MINUTES = 480
MAX_LABEL = 400
_LABEL = re.compile(r"(?:interviewers?(?:\(s\))?|interviewed\s+by|panel(?:ists?)?|with|who)\s*[:–—-]\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"(?<!\w)(?:engineers?|developers?|scientists?|researchers?|managers?|leads?|directors?|head|architects?|recruiters?|"
    r"hr|c[tefo]o|[sae]?vp|presidents?|officers?|(?:co-?)?founders?|analysts?|professors?|principals?|sres?|[tpe]m|"
    r"consultants?|specialists?|designers?|raisers?|partners?|owners?|admins?|administrators?|peers?)(?!\w)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;/&+|]|\band\b)\s*", re.IGNORECASE)
_COUNT = re.compile(r"(?:an?|the|one|two|three|four|\d+\s*[x×]?)\s+", re.IGNORECASE)
_TAIL = re.compile(r"\s*(?:rounds?|interviews?|screens?|screening|calls?|chat|discussion)$", re.IGNORECASE)
_NAMED = re.compile(r"([^()]{1,80})\(([^()]{1,80})\)$")
_MINUTES = re.compile(
    r"(?<![\w.])(\d{1,3}(?:\.\d)?)\s*-?\s*(?:(m(?:in(?:ute)?s?)?)|(h(?:(?:ou)?rs?)?))(?!\w)", re.IGNORECASE
)
_IN_BRACKETS = re.compile(rf"\s?[(\[]\s?(?:~|about |approx\. )?{_MINUTES.pattern}\s?[)\]]", re.IGNORECASE)
_DURATION = re.compile(r"(?:duration|length|time)\s*[:–—-]\s*", re.IGNORECASE)
_FACT = re.compile(
    r"(?:date|difficulty|result|outcome|verdict|format|platform|location|mode|feedback|status|level|company|position|role|"
    r"interview\s+date|tools?|language)\s*:",
    re.IGNORECASE,
)


def people_line(text: str) -> tuple[Person, ...] | None:
    """The people of an "Interviewer: …" line; None where it is no such line."""
    found = _LABEL.match(text)
    return None if found is None or len(text) > MAX_LABEL else people(text[found.end() :])


def people(text: str) -> tuple[Person, ...]:
    """People in a list of roles or names: "Team lead, ML engineer", "Ana (staff engineer)", "Ana, staff engineer"."""
    found: list[Person] = []
    pieces = [piece for piece in _BETWEEN.split(_MINUTES.sub("", text).strip(" .")) if piece.strip()]
    for piece in pieces:
        person = _person(piece)
        alone = found and found[-1].name is None and not is_role(found[-1].role)
        if alone and is_role(person.role) and person.name is None:
            person = Person(person.role, found.pop().role)
        found.append(person)
    return tuple(dict.fromkeys(p for p in found if any(c.isalnum() for c in p.role)))


def heading_people(heading: str) -> tuple[Person, ...]:
    """People that a heading names: "Round 2 - Hiring manager", "Recruiter screen", "Fit, with the CTO"."""
    found: list[Person] = []
    for piece in re.split(r"\s[–—-]\s|[:(),|]|\bwith\b", heading):
        role = _TAIL.sub("", piece.strip())
        if is_role(role.rsplit(" ", 1)[-1]) or re.match(r"(?:the\s+)?head\s+of\b", role, re.IGNORECASE):
            found += people(role)
    return tuple(dict.fromkeys(found))


def is_role(text: str) -> bool:
    """The text has a word that names a profession or rank."""
    return _ROLE.search(text) is not None


def minutes(text: str) -> int | None:
    """The length that a text gives ("45 min", "1.5 hours"), in minutes from 1 to `MAX_MINUTES`."""
    found = _MINUTES.search(text)
    if found is None:
        return None
    return min(MAX_MINUTES, max(1, round(float(found[1]) * (60 if found[3] else 1))))


def without_minutes(heading: str) -> str:
    """The heading without a length in brackets; all of it where it is nothing else."""
    return _IN_BRACKETS.sub("", heading).strip() or heading


def minutes_line(text: str) -> int | None:
    """The minutes of a "Duration: …" line, or of a line that is nothing but a length."""
    label = _DURATION.match(text)
    return minutes(text) if label or _MINUTES.fullmatch(text.strip(" .~()")) else None


def is_fact(text: str) -> bool:
    """A line about the interview ("Date: May", "Result: passed"), not of it."""
    return _FACT.match(text) is not None


def _person(text: str) -> Person:
    text = text.strip(" .:()") if "(" not in text else text.strip(" .:")
    if named := _NAMED.fullmatch(text):
        name, role = named[1].strip(), named[2].strip()
        return Person(name, role) if is_role(name) and not is_role(role) else Person(role, name)
    counted = _COUNT.match(text)
    role = text[counted.end() :] if counted else text
    many = counted is not None and counted[0].strip().lower() not in {"a", "an", "the", "one", "1"}
    role = role.removesuffix("s") if many and not role.endswith("ss") else role
    return Person(role[:1].upper() + role[1:])
