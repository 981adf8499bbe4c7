"""What is handed in that is not Python: a Dockerfile, a crontab, a pattern, a query.

The author's scenario reads it with the real tool. Of what cannot be read it raises
`ArtifactError(message, line=…)`, which is at hand there without an import.
"""

from collections.abc import Callable
from typing import Any

from runner.harness.member_error import describe
from runner.harness.member_file import MemberFile

MESSAGE_CHARACTERS = 2_000


class ArtifactError(Exception):
    """The artifact cannot be read. `line` is 1-based; None where none is told."""

    def __init__(self, message: object, line: int | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.line = line


def read(
    scene: Callable[..., Any], args: list[Any], submission: MemberFile
) -> dict[str, Any]:
    """What comes of the author's function; whatever stops it is told as what it is."""
    try:
        return {"ending": "returned", "value": scene(submission.text, *args)}
    except ArtifactError as error:
        return _invalid(error, submission)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the tool may raise anything
        return {"ending": "tool_failed", "error": describe(error, submission)}


def _invalid(error: ArtifactError, submission: MemberFile) -> dict[str, Any]:
    line = error.line
    source_line = submission.line(line)
    message = error.message[:MESSAGE_CHARACTERS]
    where = [f'  File "{submission.name}", line {line}', f"    {source_line}"]
    return {
        "ending": "artifact_invalid",
        "error": {
            "type": submission.name,
            "message": message,
            "line": line,
            "source_line": source_line,
            "traceback": "\n".join([*(where if line is not None else []), message]),
        },
    }
