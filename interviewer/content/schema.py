"""JSON Schema of the files that people write, so that editors complete and check them."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator
from typing import Any

from interviewer.content import models, personas
from interviewer.content.models import Model, Question, Round, Status
from interviewer.content.personas import Persona

KINDS: dict[str, type[Model]] = {"question": Question, "round": Round, "persona": Persona}
FROM_PLACE = ("id", "topic")
"""Fields that come from where the file lies and are not written into it."""


def text(kind: str) -> str:
    """The schema as it is committed and printed."""
    return json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n"


def schema(kind: str) -> dict[str, Any]:
    """The schema of a `question`, `round` or `persona` file."""
    model = KINDS[kind]
    found = model.model_json_schema(by_alias=True)
    docs = _field_docs()
    for name, part in {**found.get("$defs", {}), model.__name__: found}.items():
        for field, shape in part.get("properties", {}).items():
            if doc := docs.get((name, field)):
                shape["description"] = doc
    for field in FROM_PLACE:
        found["properties"].pop(field, None)
    found["required"] = [field for field in found["required"] if field not in FROM_PLACE]
    if model is Question:
        found |= _complete_once_accepted()
    return {"$schema": "http://json-schema.org/draft-07/schema#", **found}


def _complete_once_accepted() -> dict[str, Any]:
    waiting = [s.value for s in Status if s is not Status.ACCEPTED]
    return {
        "if": {"properties": {"status": {"enum": waiting}}, "required": ["status"]},
        "else": {"required": ["intent", "rubric", "model_answer"]},
    }


def _field_docs() -> dict[tuple[str, str], str]:
    """The strings below the fields of the models.

    Pydantic would read them too, but whenever the models are imported, which every start of an interview waits for.
    """
    trees = [ast.parse(inspect.getsource(module)) for module in (models, personas)]
    return {key: doc for tree in trees for node in tree.body for key, doc in _docs_of(node)}


def _docs_of(node: ast.stmt) -> Iterator[tuple[tuple[str, str], str]]:
    if not isinstance(node, ast.ClassDef):
        return
    for field, below in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
            yield (node.name, _written_name(field)), ast.literal_eval(below.value)


def _written_name(field: ast.AnnAssign) -> str:
    """The alias where there is one, else the name."""
    if isinstance(field.value, ast.Call):
        return str(next(ast.literal_eval(k.value) for k in field.value.keywords if k.arg == "alias"))
    return ast.unparse(field.target)
