"""What a candidate or a bank typed stays text, in every format."""

from __future__ import annotations

import json
import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from interviewer.engine import commands as cmd
from interviewer.report import Report, build, render
from interviewer.report.markdown import NO_BREAK_SPACE, inline, quoted
from interviewer.text import printable
from tests.fakes import make_persona, make_plan, make_point
from tests.report.sessions import hold, zoo_question
from tests.report.test_render import Page

HOSTILE = {
    "rich markup": "[red]alarm[/red] [link=http://x.example]x[/link]",
    "script": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "closing tags": "</blockquote></div></li></ol></main></style></details><h1>mine</h1>",
    "comment": "<!-- gone --> <![CDATA[ x ]]> <?php ?>",
    "heading": "# heading\n\n## another\n\nunderlined\n=====\n\nalso\n---",
    "table": "| table | head |\n|---|---|\n| a | b |",
    "lists": "- one\n- two\n\n1. first\n2) second\n\n+ plus\n* star",
    "fences": "```\ncode\n```\n~~~\nmore\n~~~\n`tick`",
    "indented": "    four spaces\n\tand a tab",
    "quotes": "> deeper\n>> and deeper",
    "links": "[a](javascript:alert(1)) ![b](http://x.example/p.png) <http://x.example> [r]\n\n[r]: http://x.example",
    "bare links": "http://x.example www.example.com someone@example.com https://y.example",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ $x$ $$y$$",
    "entities": "&lt;b&gt; &#60;i&#62; &copy; \\<b\\> \\",
    "rule": "---\n***\n___\n- - -",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} {# x #}",
    "escapes": "\x1b[31mred\x1b[0m \x1b]8;;http://x.example\x07link\x1b]8;;\x07 \x9b2J",
    "bidi": "\u202egnihton\u202c \u2066iso\u2069 \u200bzero\u200d \ufeffbom \u200fmark",
    "controls": "NUL \x00 bell \x07 back \x08 delete \x7f next \x85 carriage\rreturn",
}
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
TAME = "Nothing here is markup."
every_attack = pytest.mark.parametrize("attack", HOSTILE.values(), ids=HOSTILE)


def tame_report() -> Report:
    """A report with `TAME` in every text that a candidate, a bank, a persona file or a model can bring."""
    question = zoo_question(
        asks=[TAME],
        intent=TAME,
        model_answer=TAME,
        study=[TAME],
        levels=dict.fromkeys("1234", TAME),
        red_flags=({"claim": TAME, "correction": TAME},),
        rubric=(make_point("one", point=TAME, terms=["walrus"], essential=True), make_point("two", point=TAME)),
        hints=[TAME],
    )
    person = make_persona(max_follow_ups=0, greeting=[TAME], closing=[TAME], transition=[TAME])
    person = person.model_copy(update={"name": TAME, "role": TAME})
    plan = make_plan(question, zoo_question(2), zoo_question(3), personas=[person])
    state = hold(plan, cmd.AskHint(), f"The walrus said: {TAME}", f"{TAME} Indeed.", cmd.Skip())
    report = build("s1", state, model=TAME, agreement=TAME)
    first = report.questions[0]
    points = [c.model_copy(update={"evidence": [f"walrus said: {TAME}", TAME]}) for c in first.criteria]
    first = first.model_copy(update={"criteria": points, "capped": TAME})
    overall = report.overall.model_copy(update={"reasons": [TAME], "signal": TAME})
    questions = [first, *report.questions[1:]]
    return report.model_copy(update={"title": TAME, "grader": TAME, "questions": questions, "overall": overall})


def hostile_report(text: str) -> Report:
    """The same report with another text in all those places."""

    def replaced(value: object) -> object:
        match value:
            case str():
                return value.replace(TAME, text)
            case list():
                return [replaced(v) for v in value]
            case dict():
                return {k: replaced(v) for k, v in value.items()}
        return value

    return Report.model_validate(replaced(tame_report().model_dump(mode="json")))


def flat(tokens: list[Token]) -> list[Token]:
    return [t for token in tokens for t in (token, *flat(token.children or []))]


def parse(text: str) -> list[Token]:
    return flat(MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(text))


def kinds(text: str) -> Counter[str]:
    """Which Markdown constructs there are, and how many; text, its lines and escapes do not count."""
    ignored = {"text", "text_special", "softbreak", "hardbreak", "inline", "paragraph_open", "paragraph_close"}
    return Counter(t.type for t in parse(text) if t.type not in ignored)


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


@every_attack
def test_html_has_the_same_elements_as_with_tame_text(attack: str) -> None:
    def shape(text: str) -> list[str]:
        return [tag for tag, _ in Page(render(hostile_report(text), "html")).elements]

    assert shape(attack) == shape(TAME)


@every_attack
def test_html_shows_the_candidates_words_as_typed(attack: str) -> None:
    page = Page(render(hostile_report(attack), "html"))
    assert printable(attack) in "".join(page.words["div"]) + "".join(page.words["mark"])
    assert not UNSEEN.search("".join("".join(pieces) for pieces in page.words.values()))


@every_attack
def test_markdown_has_the_same_constructs_as_with_tame_text(attack: str) -> None:
    hostile, tame = (kinds(render(hostile_report(text), "md")) for text in (attack, TAME))
    assert hostile == tame
    assert not {"html_block", "html_inline", "image", "link_open", "code_block", "fence", "code_inline"} & set(hostile)


@every_attack
def test_markdown_shows_the_words_as_typed(attack: str) -> None:
    tokens = parse(quoted(attack))
    shown = "".join(t.content for t in tokens if t.type in {"text", "text_special"})
    assert words(shown) == words(printable(attack))


@every_attack
@pytest.mark.parametrize("format", ["md", "html"])
def test_nothing_unseen(attack: str, format: str) -> None:
    assert not UNSEEN.search(render(hostile_report(attack), format))


@every_attack
def test_json_keeps_the_text_and_is_plain_ascii(attack: str) -> None:
    text = render(hostile_report(attack), "json")
    assert re.fullmatch(r"[\n -~]*", text)
    assert json.loads(text)["questions"][1]["thread"][1]["text"] == f"{attack} Indeed."


@every_attack
def test_a_real_session_keeps_the_answer_exactly(attack: str) -> None:
    state = hold(make_plan(zoo_question(), personas=[make_persona(max_follow_ups=0)]), f"It is this: {attack}")
    report = build("s1", state, model=None, agreement="a")
    without_nul = attack.replace("\0", "")  # no database of every kind takes it
    assert report.questions[0].thread[1].text == f"It is this: {without_nul}"


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_quoted_text_is_one_block_quote_of_plain_text(text: str) -> None:
    found = kinds(quoted(text))
    assert set(found) <= {"blockquote_open", "blockquote_close"}
    assert found["blockquote_open"] == 1


@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_any_inline_text_is_plain_text(text: str) -> None:
    assert not kinds(f"- x {inline(text)}") - Counter(
        ["bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"]
    )
    assert not kinds(inline(text))


@pytest.mark.parametrize("link", ["http://x.example", "https://x.example", "www.example.com", "a@example.com"])
def test_bare_links_are_broken_up(link: str) -> None:
    assert inline(link) != link


def test_indentation_of_code_is_kept_without_becoming_a_block() -> None:
    assert quoted("def f():\n    return 1") == f"> def f():\\\n> {NO_BREAK_SPACE * 4}return 1"


@pytest.mark.parametrize("unit", ["word ", "x", "<b>", "line\n", "The walrus. "])
def test_a_very_long_answer(unit: str) -> None:
    answer = unit * (200_000 // len(unit))
    state = hold(make_plan(zoo_question(), personas=[make_persona(max_follow_ups=0)]), answer)
    report = build("s1", state, model=None, agreement="a")
    started = time.perf_counter()
    page, text = Page(render(report, "html")), render(report, "md")
    assert time.perf_counter() - started < 10
    assert page.count("b") == 4
    assert len(text) > 150_000
