"""Reads the settings as VS Code does, and tells what the editor would then do.

A language's section wins over the general settings, and those over the defaults.
"""

import json
import posixpath
import re

LANGUAGES = {
    ".py": "python",
    ".md": "markdown",
    ".json": "json",
    ".yml": "yaml",
    ".txt": "plaintext",
}
# A string is matched first, so that no mark within one is taken for a comment.
STRING = r'"(?:\\.|[^"\\\n])*"'
COMMENT = re.compile(rf"({STRING})|//[^\n]*|/\*.*?\*/", re.DOTALL)
LAST_COMMA = re.compile(rf"({STRING})|,(?=\s*[}}\]])")
WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
SECTION = re.compile(r"(?:\[[^\[\]]+\])+")


def on_save(text, path):
    found = []
    if setting(text, "editor.formatOnSave", path, default=False) is True:
        formatter = setting(text, "editor.defaultFormatter", path, default="none")
        found.append(f"format: {formatter}")
    if setting(text, "files.trimTrailingWhitespace", path, default=False) is True:
        found.append("trim trailing spaces")
    if setting(text, "files.insertFinalNewline", path, default=False) is True:
        found.append("end with a newline")
    return found


def formats(text, paths):
    """Those that are formatted when they are saved."""
    return [p for p in paths if any("format" in step for step in on_save(text, p))]


def trims(text, paths):
    return [path for path in paths if "trim trailing spaces" in on_save(text, path)]


def rulers(text, path):
    return setting(text, "editor.rulers", path, default=[])


def environment(text, folder):
    """The folder whose Python the project gets, when `folder` is the one open."""
    path = setting(text, "python.defaultInterpreterPath", default="python")
    if not isinstance(path, str):
        return path
    for name in ("${workspaceFolder}", "${workspaceRoot}"):
        path = path.replace(name, folder)
    if "/" not in path and not path.startswith("."):
        return path
    path = posixpath.normpath(posixpath.join(folder, path))
    return re.sub(r"/bin/python[0-9.]*$", "", path)


def testing_panel(text):
    """Each tool that is on, with its arguments."""
    return [
        [tool, arguments(setting(text, f"python.testing.{tool}Args", default=[]))]
        for tool in ("pytest", "unittest")
        if setting(text, f"python.testing.{tool}Enabled", default=False) is True
    ]


def arguments(given):
    """The tool runs at the project's root: a folder there may be written in more ways."""
    if not isinstance(given, list):
        return given
    return [re.sub(r"^(\$\{workspaceFolder\}|\.)/|/$", "", str(one)) for one in given]


def explorer(text, paths):
    """Those that can be seen."""
    return without(setting(text, "files.exclude", default={}), paths)


def search(text, paths):
    """Those that a search looks into: what the explorer hides is not searched."""
    return without(setting(text, "search.exclude", default={}), explorer(text, paths))


def without(patterns, paths):
    if not isinstance(patterns, dict):
        return list(paths)
    hidden = [
        re.compile(translated(one))
        for pattern, is_on in patterns.items()
        if is_on is True
        for one in alternatives(pattern)
    ]
    return [
        path
        for path in paths
        if not any(one.match(part) for one in hidden for part in prefixes(path))
    ]


def translated(pattern):
    """The expression of a pattern: `**` crosses folders, `*` and `?` do not."""
    found = [
        WILD.get(part) or (one_of(part) if part[0] == "[" else re.escape(part))
        for part in re.findall(r"\*\*/|\*+|\?|\[!?[^]/]+\]|.", pattern)
    ]
    return "".join(found) + r"\Z"


def one_of(characters):
    return characters.replace("[!", "[^", 1)


def alternatives(pattern):
    """What the braces of a pattern stand for, one after the other."""
    braces = re.search(r"\{([^{}]*)\}", pattern)
    if braces is None:
        return [pattern]
    before, after = pattern[: braces.start()], pattern[braces.end() :]
    return [
        one
        for choice in braces[1].split(",")
        for one in alternatives(before + choice + after)
    ]


def prefixes(path):
    """The path and each folder on the way to it."""
    parts = path.split("/")
    return ["/".join(parts[: count + 1]) for count in range(len(parts))]


def setting(text, name, path=None, *, default):
    settings = read(text)
    language = LANGUAGES[posixpath.splitext(path)[1]] if path else None
    value = settings.get(name, default)
    # More than one section may speak of a language: one for it alone is the closer.
    sections = [key for key in settings if SECTION.fullmatch(key)]
    for key in sorted(sections, key=lambda key: -key.count("[")):
        section = settings[key]
        if f"[{language}]" in key and isinstance(section, dict):
            value = section.get(name, value)
    return value


def read(text):
    plain = COMMENT.sub(lambda found: found[1] or blank(found[0]), text)
    plain = LAST_COMMA.sub(lambda found: found[1] or " ", plain)
    try:
        settings = json.loads(plain)
    except json.JSONDecodeError as error:
        raise ArtifactError(error.msg, line=error.lineno) from None
    if not isinstance(settings, dict):
        raise ArtifactError("the settings are not an object", line=1)
    return settings


def blank(comment):
    """As many lines as it had, so that an error is told at its own."""
    return "\n" * comment.count("\n") or " "
