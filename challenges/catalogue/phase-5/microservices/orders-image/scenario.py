"""Reads the Dockerfile, and follows what a build and a start would do with it."""

import fnmatch
import io
import json
import re
import shlex

from dockerfile_parse import DockerfileParser

KNOWN = set(
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD"
    " RUN SHELL STOPSIGNAL USER VOLUME WORKDIR COMMENT".split()
)
# What an instruction reads of the folder without copying it.
MOUNTED = re.compile(r"--mount=\S*?\b(?:source|src)=([^,\s]+)")


def bases(dockerfile):
    """The images that the stages begin with."""
    return [words(one)[0] for one in read(dockerfile) if is_a(one, "FROM")]


def folder(dockerfile):
    return last(dockerfile, "WORKDIR") or "/"


def user(dockerfile):
    return (last(dockerfile, "USER") or "root").partition(":")[0]


def first_process(dockerfile):
    """Its arguments, as the kernel gets them."""
    entry, command = last(dockerfile, "ENTRYPOINT"), last(dockerfile, "CMD")
    if entry is not None and listed(entry) is None:
        return started(entry)
    return started(entry) + started(command)


def copied(dockerfile, *paths):
    """Those that the image holds in the end."""
    sources = [
        source
        for one in read(dockerfile)
        if one["instruction"] in {"COPY", "ADD"}
        for source in words(one)[:-1]
    ]
    return [path for path in paths if any(takes(one, path) for one in sources)]


def installation_after(dockerfile, changed):
    """What a build does with `pip install` when that one file has changed."""
    is_stale = False
    for one in read(dockerfile):
        if one["instruction"] in {"COPY", "ADD"}:
            sources = words(one)[:-1]
            is_stale = is_stale or any(takes(source, changed) for source in sources)
        if is_a(one, "RUN"):
            mounted = MOUNTED.findall(one["value"])
            is_stale = is_stale or any(takes(source, changed) for source in mounted)
        if is_a(one, "RUN") and "pip" in one["value"] and "install" in one["value"]:
            return "runs again" if is_stale else "from the cache"
    return "never runs"


def takes(source, path):
    source = source.removeprefix("./").rstrip("/")
    if source in {"", "."}:
        return True
    return fnmatch.fnmatch(path, source) or path.startswith(f"{source}/")


def read(dockerfile):
    parser = DockerfileParser(fileobj=io.BytesIO(dockerfile.encode()))
    found = parser.structure
    for one in found:
        if one["instruction"] not in KNOWN:
            unknown = f"unknown instruction: {one['instruction']}"
            raise ArtifactError(unknown, line=one["startline"] + 1)
    if not any(is_a(one, "FROM") for one in found):
        raise ArtifactError("no FROM")
    return found


def is_a(one, instruction):
    return one["instruction"] == instruction and bool(one["value"].strip())


def last(dockerfile, instruction):
    values = [one["value"] for one in read(dockerfile) if is_a(one, instruction)]
    return values[-1].strip() if values else None


def words(one):
    """Of an instruction, without its flags."""
    given = listed(one["value"]) or one["value"].split()
    return [word for word in given if not word.startswith("--")] or [""]


def listed(value):
    """The strings of the form with brackets; None for the other one."""
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, list) else None


def started(value):
    if value is None:
        return []
    command = shlex.split(value)
    if listed(value) is None and command[0] == "exec":
        # The shell gives its place, and its number, to what it starts.
        return command[1:]
    return listed(value) or ["/bin/sh", "-c", shlex.join(command)]
