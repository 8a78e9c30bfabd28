"""Each rule finds what it is for, at its place, and nothing in a question that is whole."""

from __future__ import annotations

import pytest

from interviewer.content.check import complete, leaks, rubric, samples, wording
from interviewer.content.check.findings import Flaw, Loc
from interviewer.content.check.walk import question_flaws
from interviewer.content.models import FollowUp, Kind, Question, Round, Status, Verdict
from tests.content.whole import whole_point, whole_question
from tests.fakes import make_round

WHOLE = whole_question()


def spoilt(**changes: object) -> Question:
    """The whole question with other parts, not validated again."""
    return WHOLE.model_copy(update=changes)


def with_point(**changes: object) -> Question:
    """The whole question with another first point."""
    first = WHOLE.rubric[0].model_copy(update=changes)
    return spoilt(rubric=(first, *WHOLE.rubric[1:]))


def with_sample(number: int, **changes: object) -> Question:
    """The whole question with one sample changed."""
    changed = list(WHOLE.samples)
    changed[number] = changed[number].model_copy(update=changes)
    return spoilt(samples=tuple(changed))


def test_a_whole_question_has_no_flaws() -> None:
    assert list(question_flaws(WHOLE)) == []


@pytest.mark.parametrize(
    ("question", "loc", "text"),
    [
        (spoilt(asks=WHOLE.asks[:1]), ("asks",), "1 phrasings where 2 to 3 are wanted"),
        (spoilt(asks=(*WHOLE.asks, "Three?", "Four?")), ("asks",), "4 phrasings where 2 to 3"),
        (spoilt(rubric=WHOLE.rubric[:3]), ("rubric",), "3 points where 4 to 8"),
        (with_point(essential=False), ("rubric",), "0 essential points where 1 to 3"),
        (with_point(terms=("one", "two")), ("rubric", 0, "terms"), "2 terms where 6 to 12"),
        (with_point(terms=tuple(f"t{n}" for n in range(13))), ("rubric", 0, "terms"), "13 terms where 6 to 12"),
        (spoilt(red_flags=()), ("red_flags",), "0 red flags where 2 to 4"),
        (spoilt(hints=("Look.",)), ("hints",), "1 hints where 3 are wanted"),
        (spoilt(study=("One",)), ("study",), "1 things to read where 2 to 3"),
        (spoilt(model_answer="word " * 119), ("model_answer",), "119 words where 120 to 250"),
        (spoilt(model_answer="word " * 251), ("model_answer",), "251 words where 120 to 250"),
        (spoilt(levels=None), (), "`levels` is missing"),
        (spoilt(kind=Kind.CODING), (), "`problem` is missing"),
        (spoilt(samples=WHOLE.samples[1:]), ("samples",), "5 samples where 6 or more"),
        (with_sample(5, level=3), ("samples",), "no sample of level 4"),
    ],
)
def test_what_is_missing_or_too_much(question: Question, loc: Loc, text: str) -> None:
    (flaw,) = question_flaws(question)
    assert flaw.loc == loc
    assert flaw.text.startswith(text)


def test_nine_points_are_too_many() -> None:
    question = spoilt(rubric=tuple(whole_point(n, essential=n == "a") for n in "abcdefghi"))
    assert [f.text.partition(":")[0] for f in complete.flaws(question)] == ["9 points where 4 to 8 are wanted"]


def test_the_code_of_a_model_answer_is_not_spoken() -> None:
    code = "```python\n" + "x = 1\n" * 100 + "```\n"
    assert list(complete.flaws(spoilt(model_answer=f"{'word ' * 150}\n\n{code}"))) == []


def test_what_was_lived_through_may_be_told_in_many_ways() -> None:
    assert (
        list(complete.flaws(with_point(terms=tuple(f"t{n}" for n in range(30))).model_copy(update={"kind": "intro"})))
        == []
    )


def test_a_follow_up_has_two_phrasings_and_points() -> None:
    question = spoilt(follow_ups=(FollowUp(id="later", asks=("And then?",)),))
    assert [f.loc for f in complete.flaws(question)] == [("follow_ups", 0, "asks"), ("follow_ups", 0)]


def test_a_level_one_answer_of_a_few_words_is_not_confident() -> None:
    question = with_sample(0, answer="No idea.")
    question = question.model_copy(update={"samples": tuple(s for n, s in enumerate(question.samples) if n != 1)})
    assert [f.text.partition(";")[0] for f in samples.missing(question)] == [
        "5 samples where 6 or more are wanted: by different people",
        "nobody is confident and wrong",
    ]


def test_a_draft_is_told_what_is_to_be_written_and_what_is_wrong_already() -> None:
    draft = spoilt(status=Status.DRAFT, samples=(), study=(), asks=("One? Two?",))
    first, second = question_flaws(draft)
    assert first == Flaw(("status",), "still a draft: write `samples`, then remove this line")
    assert second.text.startswith("two questions at once")
    read = spoilt(status=Status.DRAFT)
    assert [f.text for f in question_flaws(read)] == [
        "still a draft: read it and mend what is wrong, then remove this line"
    ]


# --- wording -----------------------------------------------------------------------------------------

HARD = "Elaborate on the methodological considerations that determine appropriate infrastructure strategies."


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        ("so " * 61, "61 words; nobody keeps more than 60 in mind"),
        (HARD, "hard to follow by ear (Flesch-Kincaid "),
        ("What is it? And why?", "two questions at once"),
    ],
)
def test_an_ask_that_is_hard_to_hear(ask: str, text: str) -> None:
    (flaw,) = wording.flaws(spoilt(asks=("What is it?", ask)))
    assert flaw.loc == ("asks", 1)
    assert flaw.text.startswith(text)
    (flaw,) = wording.flaws(spoilt(follow_ups=(FollowUp(id="later", asks=(ask,)),)))
    assert flaw.loc == ("follow_ups", 0, "asks", 0)
    found = Round.model_validate(make_round("r", ["a", {"id": "b", "asks": [ask]}]))  # type: ignore[list-item]
    (flaw,) = wording.round_flaws(found)
    assert flaw.loc == ("questions", 1, "asks", 0)


def test_a_probe_that_asks_two_things() -> None:
    assert [f.loc for f in wording.flaws(with_point(probe="What is it? And why?"))] == [("rubric", 0, "probe")]


@pytest.mark.parametrize("ask", ["Explain eventual consistency.", "Was ist das?", "这是什么？", "so " * 20, "?"])
def test_short_words_or_few_of_them_are_easy(ask: str) -> None:
    assert list(wording.flaws(spoilt(asks=(ask,)))) == []


def test_the_reading_grade_is_the_formula_s() -> None:
    assert wording.grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59)
    assert wording.grade("One cake. Two tables.") == pytest.approx(0.39 * 2 + 11.8 * 5 / 4 - 15.59)
    assert wording.grade("123") == 0.0


@pytest.mark.parametrize("title", ["See https://example.org", "www.example.org"])
def test_study_has_no_links(title: str) -> None:
    assert [f.loc for f in wording.flaws(spoilt(study=("A book", title)))] == [("study", 1)]


# --- leaks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "line"),
    [
        ("retransmit", "Who retransmits what got lost?"),
        ("sends again", "Which side is it that sends again?"),
        ("sequence number", "What do the numbers of a sequence tell?"),
        ("i wrote", "Say what I wrote."),
        ("c++", "Is it C++?"),
    ],
)
def test_a_probe_that_leaks_a_term_in_any_inflection(term: str, line: str) -> None:
    (flaw,) = leaks.flaws(with_point(terms=(term,), probe=line))
    assert flaw == Flaw(("rubric", 0, "probe"), f"the probe gives away `{term}`; ask without it")


@pytest.mark.parametrize(
    ("term", "line"),
    [
        ("i wrote", "Who wrote it?"),
        ("sequence number", "Which number?"),
        ("not a lock", "Which lock?"),
        ("c++", "In C?"),
    ],
)
def test_a_probe_that_leaks_nothing(term: str, line: str) -> None:
    assert list(leaks.flaws(with_point(terms=(term,), probe=line))) == []


def test_a_probe_that_leaks_an_essential_term_of_another_point() -> None:
    essential, other = WHOLE.rubric[0].terms[0], WHOLE.rubric[1].terms[0]
    probes = f"What of {essential}?", f"What of {other}?"
    second, third = (p.model_copy(update={"probe": probe}) for p, probe in zip(WHOLE.rubric[1:3], probes, strict=True))
    (flaw,) = leaks.flaws(spoilt(rubric=(WHOLE.rubric[0], second, third, WHOLE.rubric[3])))
    assert flaw.loc == ("rubric", 1, "probe")
    assert flaw.text == f"the probe gives away `{essential}` of an essential point; ask without it"


def test_only_the_last_hint_may_name_an_essential_term() -> None:
    term, other = WHOLE.rubric[0].terms[0], WHOLE.rubric[1].terms[0]
    question = spoilt(hints=(f"Think of {other}.", f"Think of {term}.", f"It is {term}."))
    assert [f.loc for f in leaks.flaws(question)] == [("hints", 1)]


def test_a_term_from_the_question_itself_shows_nothing() -> None:
    (flaw,) = leaks.flaws(with_point(terms=("fern", "used of alpha")))
    assert flaw.loc == ("rubric", 0, "terms", 1)
    asked_later = with_point(part="later").model_copy(
        update={"follow_ups": (FollowUp(id="later", asks=("Amber oak?",)),)}
    )
    assert [f.loc for f in leaks.flaws(asked_later)] == [("rubric", 0, "terms", 0)]


# --- rubric and samples ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        (("yield", "yields"), "`yields` is found wherever `yield` is; remove one of them"),
        (("one two three four five",), "`one two three four five` has more than 4 words"),
        (("Redis",), "write `redis` in lower case"),
        (
            ("amber pines",),
            "`amber pines` is heard in `amber pine` of `pine` too and earns both points; narrow one of them",
        ),
        (("amber",), "`amber` is heard in `amber pine` of `pine` too"),
    ],
)
def test_terms_that_tell_nothing_apart(terms: tuple[str, ...], text: str) -> None:
    flaw = next(iter(rubric.flaws(with_point(terms=terms))))
    assert flaw.loc == ("rubric", 0, "terms", len(terms) - 1)
    assert flaw.text.startswith(text)


def test_points_that_say_the_same() -> None:
    (flaw,) = rubric.flaws(with_point(point=WHOLE.rubric[1].point.upper()))
    assert flaw == Flaw(("rubric", 1, "point"), "says the same as `oak`; make one point of them")


def test_the_same_answer_twice() -> None:
    assert [f.loc for f in samples.flaws(with_sample(4, answer=WHOLE.samples[5].answer))] == [("samples", 5)]


def test_a_label_that_says_nothing() -> None:
    labels = dict(WHOLE.samples[3].points) | {"pine": Verdict.CANNOT_ASSESS}
    assert [f.loc for f in samples.flaws(with_sample(3, points=labels))] == [("samples", 3, "points")]


def test_a_label_that_contradicts_an_essential_point() -> None:
    (flaw,) = samples.flaws(with_sample(2, level=3))
    assert flaw.loc == ("samples", 2, "level")
    assert flaw.text == "level 3 with the essential `oak` missed; one of the labels is wrong"
