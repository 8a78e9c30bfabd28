"""Where in the candidate's words the evidence stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewer.engine.events import Reading
from interviewer.report.model import Line, QuestionReport
from interviewer.text import printable


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line; `points` are the numbers (from 1) of the rubric points that it is evidence for."""

    text: str
    points: tuple[int, ...] = ()


def spans(question: QuestionReport) -> list[list[Span]]:
    """Each line of the thread in pieces. Every quote is marked where it first stands in an answer.

    A quote that stands in no answer marks nothing: what is marked is always the candidate's own text.
    """
    texts = [printable(line.text) for line in question.thread]
    folded = [_fold(text) if _is_answer(line) else ("", []) for line, text in zip(question.thread, texts, strict=True)]
    found: list[list[tuple[int, int, int]]] = [[] for _ in texts]
    for number, point in enumerate(question.criteria, 1):
        for quote in point.evidence:
            wanted = _fold(printable(quote))[0].strip()
            for line, (text, origins) in enumerate(folded):
                start = text.find(wanted) if wanted else -1
                if start >= 0:
                    found[line].append((origins[start], origins[start + len(wanted) - 1] + 1, number))
                    break
    return [_cut(text, marks) for text, marks in zip(texts, found, strict=True)]


def _is_answer(line: Line) -> bool:
    return line.speaker == "candidate" and line.kind == Reading.ANSWER


def _fold(text: str) -> tuple[str, list[int]]:
    """Case folded, runs of white space as one space; and for each character where it stood in the text."""
    folded: list[str] = []
    origins: list[int] = []
    for position, character in enumerate(text):
        piece = " " if character.isspace() else character.casefold()
        if piece == " " and folded[-1:] == [" "]:
            continue
        folded.extend(piece)
        origins.extend([position] * len(piece))
    return "".join(folded), origins


def _cut(text: str, marks: Sequence[tuple[int, int, int]]) -> list[Span]:
    """The text with its marks; marks that overlap become one."""
    pieces: list[Span] = []
    done = 0
    for start, end, points in _merged(marks):
        if start > done:
            pieces.append(Span(text[done:start]))
        pieces.append(Span(text[start:end], points))
        done = end
    if done < len(text):
        pieces.append(Span(text[done:]))
    return pieces


def _merged(marks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    merged: list[tuple[int, int, tuple[int, ...]]] = []
    for start, end, point in sorted(marks):
        if merged and start < merged[-1][1]:
            first, last, points = merged[-1]
            merged[-1] = (first, max(last, end), tuple(sorted({*points, point})))
        else:
            merged.append((start, end, (point,)))
    return merged
