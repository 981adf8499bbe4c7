"""Which keys of `challenge.toml` belong to which kind."""

from collections.abc import Mapping
from typing import Final

from challenges.challenge import Kind
from challenges.schema import ChallengeFile
from challenges.toml_file import TomlFile

_OWN: Final[Mapping[str, Kind]] = {
    "artifact": Kind.ARTIFACT,
    "module": Kind.TESTS,
    "implementation": Kind.TESTS,
}


def check_keys(toml: TomlFile[ChallengeFile]) -> None:
    assert toml.model is not None  # noqa: S101 (the caller has a valid file)
    given, kind = toml.model.model_fields_set, toml.model.kind
    for key, owner in _OWN.items():
        if key in given and kind is not owner:
            toml.fault(f"{key}: has no meaning for kind {kind}", key)
        if key not in given and kind is owner:
            toml.fault(f"`{key}` is missing", "kind")
    if (toml.model.artifact or "").endswith(".py"):
        toml.fault("artifact: Python is handed in as another kind", "artifact")
    for number, group in enumerate(toml.model.group):
        # Passing on what is right is no achievement of a suite, only its condition.
        if group.weight == 0 and not (kind is Kind.TESTS and group.visible):
            toml.fault("weight: must be 1 or more", "group", number, "weight")
