"""Fields to YAML in the layout of the files that ship: what a person is going to edit."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

WIDTH = 120


def as_yaml(fields: dict[str, Any]) -> str:
    """The fields as YAML text. Strings have to be printable: control characters do not come back as they were."""
    return yaml.dump(fields, Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=WIDTH)


@cache
def _dumper() -> type[yaml.SafeDumper]:
    class Dumper(yaml.SafeDumper):
        """Lists are indented below their key, text of several lines stands as a block."""

        def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
            super().increase_indent(flow, False)

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    return Dumper
