"""Reads a definition file (YAML) and checks it against its schema, so that a slip is found where it was made."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


class DefinitionError(ValueError):
    """A definition file that does not keep to its schema, or a slug that no file defines."""


def folder() -> Traversable:
    """The folder of the definition files, inside the package."""
    return files("wardmote.definitions")


def parse(text: str, *, schema: str, name: str) -> Mapping[str, Any]:
    """Parse one definition and check it; raises DefinitionError that names the file and the field."""
    import yaml

    try:
        content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 both are the safe loader
    except yaml.YAMLError as error:
        raise DefinitionError(f"{name} is not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise DefinitionError(f"{name} should be a list of fields with their values.")
    # JSON has only text keys, and the schema speaks JSON: scores written as 1: become "1".
    checked: dict[str, Any] = json.loads(json.dumps(content))
    complaint = next(iter(_validator(schema).iter_errors(checked)), None)
    if complaint is not None:
        raise DefinitionError(f"{name}: {'/'.join(map(str, complaint.absolute_path)) or 'file'}: {complaint.message}")
    return checked


def read_folder(kind: str, *, schema: str) -> tuple[Mapping[str, Any], ...]:
    """Every definition of one folder, checked, in the order of their slugs; the file's name is its slug."""
    found = sorted(
        (item for item in folder().joinpath(kind).iterdir() if item.name.endswith(".yaml")), key=lambda i: i.name
    )
    return tuple(_read_named(item, schema) for item in found)


def _read_named(item: Traversable, schema: str) -> Mapping[str, Any]:
    content = parse(item.read_text(encoding="utf-8"), schema=schema, name=item.name)
    if f"{content['slug']}.yaml" != item.name:
        raise DefinitionError(f"{item.name} defines “{content['slug']}”: name the file after its slug.")
    return content


@cache
def _validator(schema: str) -> Any:
    from jsonschema import Draft202012Validator

    content = json.loads(folder().joinpath("schemas", f"{schema}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(content)
