"""What holds for one line: the watches that listen to it. Pure; what a question brings is read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from interviewer.content.models import Question
from interviewer.engine.cues import Cue, Occasion
from interviewer.engine.state import State
from interviewer.language import sentences, words
from interviewer.llm.guard import manner
from interviewer.llm.guard.breach import Breach
from interviewer.llm.guard.known import Known, every, meaning
from interviewer.llm.guard.sequences import Sequences, runs
from interviewer.llm.guard.watches import Facts, Phrases, Quotations, Statements, Watch
from interviewer.llm.prompts.speaking import CLARIFIES, rules

SECRET_RUN, RULES_RUN, REPEATED_RUN = 5, 6, 8
"""So many words in a row are a quotation: of something secret, of the instructions, of an earlier line."""

FEWEST_SECRET, SECRET_SHARE = 3, 0.5
FEWEST_LATER, LATER_SHARE = 2, 0.8
"""From so many new words that carry meaning, and such a share of all its words, a sentence says the same as another."""

FEWEST_WORDS = 4
"""A sentence of fewer words is nobody's own."""

HEARD_CHARACTERS = 20_000
"""Of a turn so much is read; what an answer says behind that counts as unsaid."""

GREETS = {Occasion.GREETING, Occasion.INTRODUCTION, Occasion.WELCOME_BACK}
REPEATS = {Occasion.REPEAT, Occasion.WELCOME_BACK}

_Texts = tuple[str, ...]


def watches(state: State, cue: Cue, authored: str) -> list[Watch]:
    """All that listens to the line that `cue` asks for; `authored` are the words that may be said in any case."""
    assert state.plan is not None
    persona = state.plan.persona(cue.persona)
    instructions = (rules(), persona.manner, persona.probing)
    line, marked = Known([authored], every), Known([authored], manner.Marked())
    later, meant = _later_asks(state, cue), Known([authored, *_own_asks(state, cue)], meaning)
    found: list[Watch] = [
        Phrases(Breach.JUDGEMENT, manner.judgements(), manner.Marked(), marked),
        Quotations(Breach.RULES, _quotations(instructions, RULES_RUN), every, line),
        Quotations(Breach.LATER, _whole(later), every, line),
        Statements(Breach.LATER, _statements(later), meant, FEWEST_LATER, LATER_SHARE),
    ]
    if cue.occasion not in GREETS:
        found.append(Phrases(Breach.GREETING, manner.greetings(), manner.Marked(), marked))
    if cue.question is not None:
        found += _about_question(state, cue, cue.question, authored)
    return found


def _about_question(state: State, cue: Cue, index: int, authored: str) -> Iterator[Watch]:
    question = state.planned(index).question
    turns = [t for t in state.turns if t.question == index]
    taken = state.threads[index].hints if index < len(state.threads) else 0
    facts = [c.fact for c in question.clarifications] if cue.occasion in CLARIFIES else []
    said = [turn.text[:HEARD_CHARACTERS] for turn in turns]
    heard = [authored, *_own_asks(state, cue), *question.hints[:taken], *facts, *said]
    every_heard, meaning_heard = Known(heard, every), Known(heard, meaning)
    terms, literal = _terms(tuple(t for p in question.rubric for t in p.terms))
    secrets = _secrets(question, taken)
    yield Phrases(Breach.LEAK, terms, meaning, meaning_heard)
    yield Phrases(Breach.LEAK, literal, every, every_heard)
    yield Quotations(Breach.LEAK, _quotations(secrets, SECRET_RUN), every, every_heard)
    yield Statements(Breach.LEAK, _statements(secrets), meaning_heard, FEWEST_SECRET, SECRET_SHARE)
    if cue.occasion not in REPEATS:
        lines = tuple(t.text for t in turns if t.speaker == "interviewer")
        yield Quotations(Breach.REPEAT, _quotations(lines, REPEATED_RUN), every, Known([authored], every))
    if cue.occasion in CLARIFIES:
        yield Facts(every_heard)


def _secrets(question: Question, taken: int) -> _Texts:
    """What a candidate is to find out, and what is not for them at all."""
    levels = question.levels.model_dump().values() if question.levels else ()
    flags = (text for f in question.red_flags for text in (f.claim, f.correction))
    points = (p.point for p in question.rubric)
    return (*points, question.model_answer, *question.hints[taken:], *flags, *levels)


def _own_asks(state: State, cue: Cue) -> _Texts:
    """Every phrasing of the question under way, once it is asked."""
    if cue.question is None or cue.question in _ahead(state, cue):
        return ()
    planned = state.planned(cue.question)
    return (planned.ask, *planned.question.asks)


def _later_asks(state: State, cue: Cue) -> _Texts:
    """What is asked later on: required follow-ups of the question under way, and every question after it."""
    assert state.plan is not None
    index = cue.question if cue.question is not None else len(state.threads) - 1
    asked = set(state.threads[index].parts_asked) if 0 <= index < len(state.threads) else set()
    follow_ups = state.planned(index).question.follow_ups if index >= 0 else ()
    parts = (ask for f in follow_ups if f.id not in asked for ask in f.asks)
    ahead = [state.planned(n) for n in _ahead(state, cue)]
    later = (ask for p in (*ahead, *state.plan.questions[index + 1 :]) for ask in (p.ask, *p.question.asks))
    return (*parts, *later)


def _ahead(state: State, cue: Cue) -> list[int]:
    """The question that is to be asked right after this line, where one is."""
    return [c.question for c in state.cues if c.occasion is Occasion.QUESTION and c != cue and c.question is not None]


@lru_cache(maxsize=256)
def _terms(terms: _Texts) -> tuple[Sequences, Sequences]:
    """Terms by the stems that carry their meaning, and those that have no more than one, by all of their words."""
    free, literal = [], []
    for term in terms:
        needed = tuple(meaning(term))
        if len(words(term)) > 1 and len(needed) < 2:
            literal.append(tuple(every(term)))
        elif needed:
            free.append(needed)
    return Sequences(free), Sequences(literal)


@lru_cache(maxsize=256)
def _quotations(texts: _Texts, size: int) -> Sequences:
    return Sequences(run for text in texts for run in runs(every(text), size))


@lru_cache(maxsize=256)
def _whole(texts: _Texts) -> Sequences:
    """Each sentence from its first word to its last: a short one is like others in all but its very words."""
    whole = (tuple(every(s)) for text in texts for s in sentences(text))
    return Sequences(stems for stems in whole if len(stems) >= FEWEST_WORDS)


@lru_cache(maxsize=256)
def _statements(texts: _Texts) -> tuple[frozenset[str], ...]:
    reporting = frozenset(every(_REPORTING))
    return tuple(frozenset(meaning(s)) - reporting for text in texts for s in sentences(text))


_REPORTING = "says say names name gives explains describes picks tells example instance"
"""With these words rubric points tell what answers say."""
