"""Which lines of an answer are program text and not talk. Pure."""

from __future__ import annotations

import re

FENCE = "```"
FEWEST_LINES = 2
"""Lines in a row that look like code before they are taken for it: a single one may be a sentence about code."""
_NAME = r"[\w.\[\]*&>-]{1,40}"
_LOOKS_LIKE_CODE = re.compile(
    rf"""\s*(?:
        (?:def|class|import|from|elif|else|try|except|finally|while|for|if|with|public|private|static|const|let|var|func
           |function|struct|void|int|auto)\b .* [:;{{}}()=]
        | (?:return|break|continue|pass|raise|yield)\b .{{0,60}} (?<![.?!])
        | (?:\#\s*include|//|/\*).*
        | {_NAME}(?:\s*,\s*{_NAME})* \s* (?:[-+*/%|&^]|<<|>>)?=(?!=)\s*\S.* (?<![.?!])
        | {_NAME}\(.*\)\s*[;:{{]?
        | [{{}}()\[\];]+
    )\s*$""",
    re.VERBOSE,
)


def part(answer: str) -> tuple[str, list[str]]:
    """The talk of an answer, and the lines of code in it, bare of indentation and fences."""
    lines = answer.split("\n")
    marks = _are_code(lines)
    talk = "\n".join(line for line, code in zip(lines, marks, strict=True) if not code)
    shown = (line.strip() for line, code in zip(lines, marks, strict=True) if code)
    return talk, [line for line in shown if line and not line.startswith(FENCE)]


def _are_code(lines: list[str]) -> list[bool]:
    """For each line whether it is code: in a ``` fence, the fence itself, or one of several such lines in a row."""
    fenced = _fenced(lines)
    if any(fenced):
        return fenced
    alike = [not line.strip() or _LOOKS_LIKE_CODE.match(line) is not None for line in lines]
    found = [False] * len(lines)
    start = 0
    for end in range(len(lines) + 1):
        if end == len(lines) or not alike[end]:
            if sum(bool(line.strip()) for line in lines[start:end]) >= FEWEST_LINES:
                found[start:end] = [True] * (end - start)
            start = end + 1
    return found


def _fenced(lines: list[str]) -> list[bool]:
    """A fence that is never closed runs to the end."""
    found, inside = [], False
    for line in lines:
        is_fence = line.lstrip().startswith(FENCE)
        found.append(inside or is_fence)
        if is_fence and line.count(FENCE) % 2:
            inside = not inside
    return found
