"""Checks a workflow by GitHub's schema, and runs its steps in a real bash.

Where GitHub has a machine and the internet, there are stand-ins: a folder that says
what has been fetched and installed, and shell functions for pip, coverage and pytest.
"""

import fnmatch
import itertools
import json
import os
import re
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path

import jsonschema
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

PYTHONS = {"3.9", "3.10", "3.11", "3.12", "3.13", "3.14"}
# With -p bash stays the user that it is started as, also where a sandbox lends it one.
SHELLS = {
    None: ["bash", "-p", "-e"],
    "bash": ["bash", "--noprofile", "--norc", "-p", "-e", "-o", "pipefail"],
}
# What steps may write to. Nothing is read from them here.
FILES_OF_THE_RUNNER = (
    "GITHUB_ENV",
    "GITHUB_OUTPUT",
    "GITHUB_PATH",
    "GITHUB_STEP_SUMMARY",
)
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")
EQUAL = re.compile(r"([\w.-]+)\s*(==|!=)\s*'([^']*)'")

STAND_INS = r"""
cd "$CI_FOLDER"
has() { [ -e "$CI_FOLDER/.ci/$1" ]; }
needs() { has "$1" || { echo "$1: command not found" >&2; return 127; }; }
python3() { python "$@"; }
pip3() { pip "$@"; }
python() {
  case "$1 ${2:-}" in
    "-m pip"|"-m pytest"|"-m coverage") shift; "$@" ;;
    *) return 0 ;;
  esac
}
pip() {
  [ "$1" = install ] || return 0
  for word in "${@:2}"; do
    case "$word" in
      *requirements-dev.txt)
        has checkout || { echo "no such file: $word" >&2; return 1; }
        touch "$CI_FOLDER/.ci/coverage" "$CI_FOLDER/.ci/pytest" ;;
      .|-e|*.txt|./*)
        has checkout || { echo "no project here" >&2; return 1; } ;;
      -*) ;;
      *) touch "$CI_FOLDER/.ci/$(echo "$word" | sed 's/[^a-z0-9-].*//')" ;;
    esac
  done
}
enough() {
  for word in "$@"; do
    case "$word" in
      --fail-under=*|--cov-fail-under=*) [ "$CI_COVERAGE" -ge "${word#*=}" ] || return 2 ;;
    esac
  done
  while [ $# -gt 1 ]; do
    if [ "$1" = --fail-under ]; then [ "$CI_COVERAGE" -ge "$2" ] || return 2; fi
    shift
  done
}
tests() {
  has checkout || { echo "no tests here" >&2; return 5; }
  touch "$CI_FOLDER/.ci/tested"
  echo "the tests $CI_TESTS"
  [ "$CI_TESTS" = pass ] || return 1
}
pytest() {
  needs pytest || return 127
  case " $* " in *" --cov"*) needs pytest-cov || return 4 ;; esac
  tests && enough "$@"
}
coverage() {
  needs coverage || return 127
  case "$1" in
    run) case " $* " in *" pytest"*) needs pytest || return 1 ;; esac
         touch "$CI_FOLDER/.ci/data"; tests ;;
    report|html|xml|json|lcov)
         has data || { echo "No data to report." >&2; return 1; }
         echo "TOTAL $CI_COVERAGE%"; enough "$@" ;;
    *) return 0 ;;
  esac
}
"""


def runs(text, *happenings):
    """Whether the workflow runs for pushes to a branch, or requests into it."""
    events = triggers(read(text))
    return [is_heard(events, event, branch) for event, branch in happenings]


def is_heard(events, event, branch):
    if event not in events:
        return False
    rule = events[event] or {}
    if "branches" in rule:
        return matches(rule["branches"], branch)
    if "branches-ignore" in rule:
        return not matches(rule["branches-ignore"], branch)
    return not (event == "push" and {"tags", "tags-ignore"} & set(rule))


def runs_what_comes_in(text):
    is_trusting = "pull_request_target" in triggers(read(text))
    return "with the secrets" if is_trusting else "with nothing to steal"


def tested_on(text):
    """The Pythons that the tests were run on, and how each job ended."""
    done = [run_job(*one, "pass", 100) for one in jobs_of(read(text))]
    return sorted((python, outcome) for python, tested, outcome in done if tested)


def job(text, version, *endings):
    """How the job of that Python ends, for each ending of its tests and coverage."""
    jobs = [one for one in jobs_of(read(text)) if version in pythons(*one)]
    return [outcome_of(jobs, version, *ending) for ending in endings]


def outcome_of(jobs, version, tests, coverage):
    for one in jobs:
        python, tested, outcome = run_job(*one, tests, coverage)
        if python == version and tested:
            return outcome
    return f"no job tests on Python {version}"


def pythons(workflow, job, entry):
    """Those that the job sets up: no other job needs to be run."""
    steps = [step for step in job["steps"] if "setup-python" in step.get("uses", "")]
    return [set_up(step, entry) for step in steps]


def set_up(step, entry):
    return filled(step.get("with", {}).get("python-version", ""), entry)


def may_write(text):
    """What the token of some job can change; all, where nothing is said."""
    workflow = read(text)
    found = set()
    for one in workflow["jobs"].values():
        given = one.get("permissions", workflow.get("permissions", "write-all"))
        if isinstance(given, str):
            found |= {"everything"} if given == "write-all" else set()
        else:
            found |= {scope for scope, level in given.items() if level == "write"}
    return sorted(found)


def matches(patterns, branch):
    kept = False
    for pattern in [patterns] if isinstance(patterns, str) else patterns:
        if fnmatch.fnmatchcase(branch, str(pattern).removeprefix("!")):
            kept = not str(pattern).startswith("!")
    return kept


def triggers(workflow):
    events = workflow["on"]
    if isinstance(events, str):
        return {events: None}
    return events if isinstance(events, dict) else dict.fromkeys(events)


def jobs_of(workflow):
    """Each job once for each entry of its matrix: workflow, job, entry."""
    for one in workflow["jobs"].values():
        if "steps" not in one:
            continue
        for entry in entries(one.get("strategy", {}).get("matrix", {})):
            yield workflow, one, entry


def entries(matrix):
    if not isinstance(matrix, dict):
        return [{}]
    lists = {
        key: values
        for key, values in matrix.items()
        if key not in {"include", "exclude"} and isinstance(values, list)
    }
    found = [
        dict(zip(lists, values, strict=True))
        for values in itertools.product(*lists.values())
    ]
    excluded = matrix.get("exclude", [])
    found = [
        one for one in found if not any(e.items() <= one.items() for e in excluded)
    ]
    included = matrix.get("include", [])
    if not lists:
        return included or [{}]
    return found + [one for one in included if not set(one) & set(lists) == set()]


def run_job(workflow, job, entry, tests, coverage):
    """Its Python, whether it ran the tests, and how it ended."""
    folder = Path(tempfile.mkdtemp())
    (folder / ".ci").mkdir()
    machine = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "HOME": str(folder),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        **{name: str(folder / ".ci" / name.lower()) for name in FILES_OF_THE_RUNNER},
        "CI_FOLDER": str(folder),
        "CI_TESTS": tests,
        "CI_COVERAGE": str(coverage),
    }
    python, failed = "of the machine", False
    for step in job["steps"]:
        if not is_wanted(step.get("if"), entry, failed):
            continue
        if "uses" in step:
            went_well, python = use(step, entry, folder, python)
        else:
            given = (workflow.get("env"), job.get("env"), step.get("env"))
            env = {k: filled(v, entry) for one in given for k, v in (one or {}).items()}
            script = filled(step["run"], entry)
            went_well = run(script, shell_of(workflow, job, step), env | machine)
        if not went_well and not step.get("continue-on-error"):
            failed = True
    tested = (folder / ".ci" / "tested").exists()
    is_red = failed and not job.get("continue-on-error")
    return python, tested, "failure" if is_red else "success"


def is_wanted(condition, entry, failed):
    text = EXPRESSION.sub(r"\1", str(condition)) if condition is not None else ""
    if "always()" in text:
        return True
    if "failure()" in text:
        return failed
    compared = EQUAL.search(text)
    if compared and compared[1].startswith("matrix."):
        same = str(entry.get(compared[1].removeprefix("matrix."))) == compared[3]
        return not failed and same == (compared[2] == "==")
    return not failed


def use(step, entry, folder, python):
    """Whether the action went well, and the Python that is there after it."""
    name = step["uses"].split("@")[0]
    if name == "actions/checkout":
        (folder / ".ci" / "checkout").touch()
    if name == "actions/setup-python":
        python = set_up(step, entry)
        return python in PYTHONS, python
    return True, python


def shell_of(workflow, job, step):
    for one in (
        step,
        *(part.get("defaults", {}).get("run", {}) for part in (job, workflow)),
    ):
        if "shell" in one:
            return one["shell"]
    return None


def run(script, shell, env):
    if shell not in SHELLS:
        raise ArtifactError(f"shell: {shell} is not at hand here; bash is")
    done = subprocess.run(
        [*SHELLS[shell], "-c", STAND_INS + script],
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=10,
    )
    return done.returncode == 0


def filled(value, entry):
    """With its expressions worked out: those of the matrix; others are empty."""

    def worked_out(found):
        name = found[1]
        return str(entry.get(name.removeprefix("matrix."), ""))

    return EXPRESSION.sub(worked_out, str(value))


def read(text):
    """Raises ArtifactError for what GitHub would not run at all."""
    try:
        workflow = YAML(typ="safe", pure=True).load(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ArtifactError(error.problem or "no YAML", line=line) from None
    except YAMLError as error:
        raise ArtifactError(error) from None
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    schema = json.loads((folder / "github-workflows.json").read_text(encoding="utf-8"))
    errors = list(jsonschema.Draft7Validator(schema).iter_errors(workflow))
    if errors:
        told = innermost(errors[0])
        where = ".".join(str(key) for key in told.absolute_path) or "the workflow"
        raise ArtifactError(f"{where}: {told.message}"[:400], line=line_of(text, told))
    return workflow


def innermost(error):
    """Of alternatives that all fail, the complaint of the one that was nearly met."""
    while error.context:
        error = min(error.context, key=lambda one: (-len(one.path), len(one.message)))
    return error


def line_of(text, error):
    node = YAML().load(text)
    line = None
    for key in error.absolute_path:
        try:
            position = node.lc.key(key) if isinstance(node, dict) else node.lc.item(key)
            line, node = position[0] + 1, node[key]
        except (AttributeError, KeyError, IndexError, TypeError):
            break
    return line
