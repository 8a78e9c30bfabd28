"""What an import brings along: start-up stays quick, and no layer reaches into another's libraries."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "textual",
    "openai",
    "litellm",
    "sqlalchemy",
    "alembic",
    "httpx",
    "snowballstemmer",
    "asyncio",
    "tenacity",
    "numpy",
}


def roots_after(statement: str) -> set[str]:
    """Top-level modules that a fresh interpreter holds once it has run the statement, less those of an empty one."""
    code = f"import sys; before = set(sys.modules); {statement}; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("interviewer.engine.machine", set()),
        ("interviewer.plan", set()),
        ("interviewer.content.bank", set()),
        ("interviewer.grading.offline", {"snowballstemmer"}),
        ("interviewer.importing", set()),
        ("interviewer.llm.scripted", set()),
        ("interviewer.llm.prompts", set()),
        ("interviewer.llm.target", set()),
        ("interviewer.llm.gateway", {"asyncio"}),
        ("interviewer.llm.openai", {"asyncio"}),
        ("interviewer.llm.litellm", {"asyncio"}),
        ("interviewer.session", {"asyncio"}),
        ("interviewer.store.lock", set()),
        ("interviewer.store.journal", {"sqlalchemy", "asyncio"}),
        ("interviewer.store.database", {"sqlalchemy", "asyncio"}),
    ],
)
def test_a_layer_brings_no_library_but_its_own(module: str, allowed: set[str]) -> None:
    brought = roots_after(f"import {module}")
    assert "interviewer" in brought
    assert brought & HEAVY <= allowed


def test_the_engine_reads_no_files() -> None:
    assert not roots_after("import interviewer.engine.machine") & {"sqlite3", "yaml"}


def test_the_package_itself_brings_nothing_but_the_standard_library() -> None:
    assert roots_after("import interviewer") - {"interviewer"} <= set(sys.stdlib_module_names)


def test_this_check_can_fail() -> None:
    assert "sqlalchemy" in roots_after("import sqlalchemy")
