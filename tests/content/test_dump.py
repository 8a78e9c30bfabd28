"""Fields as YAML: people can edit it, and it comes back as it was."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from interviewer.content.dump import as_yaml
from interviewer.text import printable


def test_the_layout_is_that_of_the_files_that_ship() -> None:
    fields = {"kind": "concept", "asks": ["One?", "Two\nlines?"], "rubric": [{"id": "a", "terms": ["yes", "1.5"]}]}
    assert as_yaml(fields) == (
        "kind: concept\nasks:\n  - One?\n  - |-\n    Two\n    lines?\n"
        "rubric:\n  - id: a\n    terms:\n      - 'yes'\n      - '1.5'\n"
    )


@given(text=st.text(max_size=200).map(printable))
def test_any_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    data = {"asks": [text], "title": text}
    assert yaml.safe_load(as_yaml(data)) == data
