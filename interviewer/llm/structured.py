"""Replies in a given shape: by JSON Schema where the endpoint has it, else by JSON mode, else asked for in words."""

from __future__ import annotations

import json
from contextlib import aclosing
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from interviewer.llm.faults import Fault, ModelError
from interviewer.llm.model import Message, Model, Prompt, Usage
from interviewer.llm.reply import Reply

if TYPE_CHECKING:
    from pydantic import BaseModel

    Shape = TypeVar("Shape", bound=BaseModel)

MOST_COMPLAINTS = 8


class Form(StrEnum):
    """How the shape is asked for, the most reliable way first."""

    SCHEMA = "json_schema"
    JSON = "json_object"
    WORDS = "words"


_LESSER = {
    (Form.SCHEMA, Fault.REFUSED): Form.JSON,
    (Form.JSON, Fault.REFUSED): Form.WORDS,
    (Form.SCHEMA, Fault.FAILED): Form.WORDS,
    (Form.JSON, Fault.FAILED): Form.WORDS,
}
"""What to try where a form is refused. Some servers do not refuse it but fall over."""


class StructuredReplies:
    """Answers of one model in a shape. It remembers which form the endpoint takes."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.form = Form.SCHEMA

    async def ask(self, prompt: Prompt, schema: type[Shape]) -> tuple[Shape, Usage]:
        """The reply, and what all calls that it took used.

        Raises:
            ModelError: no reply, or none of that shape after one correction.
        """
        form = self.form
        while True:
            try:
                return await self._in_form(form, prompt, schema)
            except ModelError as error:
                lesser = _LESSER.get((form, error.fault))
                if lesser is None:
                    raise
                form = lesser

    async def _in_form(self, form: Form, prompt: Prompt, schema: type[Shape]) -> tuple[Shape, Usage]:
        asked = _asked(form, prompt, schema)
        text, usage = await self._said(asked)
        self.form = form if "{" in text else Form.WORDS  # an endpoint may take a form and not heed it
        found = _read(text, schema)
        if not isinstance(found, str):
            return found, usage
        correction = f"That does not fit: {found}\n{_in_words(schema)}"
        again = replace(asked, messages=(*asked.messages, Message("assistant", text), Message("user", correction)))
        text, more = await self._said(again)
        corrected = _read(text, schema)
        if isinstance(corrected, str):
            raise ModelError(
                f"{self._model.name} did not answer in the form it was asked for: choose a larger model.",
                Fault.WRONG_SHAPE,
            )
        return corrected, usage + more

    async def _said(self, prompt: Prompt) -> tuple[str, Usage]:
        """The whole reply without the model's thinking."""
        reply, usage = Reply(), Usage()
        async with aclosing(self._model.stream(prompt)) as chunks:
            async for chunk in chunks:
                reply.take(chunk.text)
                usage = chunk.usage or usage
        return reply.text, usage


def _asked(form: Form, prompt: Prompt, schema: type[BaseModel]) -> Prompt:
    if form is Form.SCHEMA:
        shape = {"name": schema.__name__, "strict": True, "schema": strict_schema(schema)}
        return replace(prompt, response_format={"type": "json_schema", "json_schema": shape})
    *before, last = prompt.messages
    told = replace(last, content=f"{last.content}\n\n{_in_words(schema)}")
    wire = {"type": "json_object"} if form is Form.JSON else None
    return replace(prompt, messages=(*before, told), response_format=wire)


def _in_words(schema: type[BaseModel]) -> str:
    shape = json.dumps(schema.model_json_schema(), ensure_ascii=False)
    return f"Answer with one JSON object and nothing else. It fits this JSON Schema:\n{shape}"


def _read(text: str, schema: type[Shape]) -> Shape | str:
    """The instance, or what is wrong with the text, in words for the model."""
    from pydantic import ValidationError

    begin, end = text.find("{"), text.rfind("}")
    try:
        return schema.model_validate_json(text[begin : end + 1] if 0 <= begin < end else text)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)[:MOST_COMPLAINTS]
        return "; ".join(f"{'.'.join(map(str, e['loc'])) or 'the reply'}: {e['msg']}" for e in found)


def strict_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """The shape's JSON Schema as OpenAI's strict mode takes it: every field required, none besides, no defaults."""
    found: dict[str, Any] = _strict(schema.model_json_schema())
    return found


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(n) for n in node]
    if not isinstance(node, dict):
        return node
    strict = {key: _strict(value) for key, value in node.items() if key not in {"default", "properties"}}
    if "properties" in node:
        fields = {name: _strict(value) for name, value in node["properties"].items()}
        strict |= {"properties": fields, "required": list(fields), "additionalProperties": False}
    return strict
