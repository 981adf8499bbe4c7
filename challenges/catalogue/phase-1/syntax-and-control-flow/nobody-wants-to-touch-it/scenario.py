"""Reads the submitted module's style, and asks it for fares as the old one was asked.

The style is read from the text before the module is run.
"""

import contextlib
import inspect
import io
import linecache
import re

import pycodestyle

LINES = linecache.getlines("solution.py")
SNAKE = re.compile(r"_{0,2}[a-z][a-z0-9_]*|_+")
CAP_WORDS = re.compile(r"_?[A-Z][A-Za-z0-9]*")
MIXED_CASE = re.compile(r"_?[a-z]+[A-Z].*|Holidays")


class Collected(pycodestyle.BaseReport):
    """Every finding, with no bound on how often each is told."""

    def init_file(self, filename, lines, expected, line_offset):
        super().init_file(filename, lines, expected, line_offset)
        self.found = []

    def error(self, line_number, offset, text, check):
        self.found.append(f"line {line_number}: {text}")
        return text[:4]


def styled():
    # What a comment says about a line does not mend the line.
    pycodestyle.noqa = lambda text: None
    guide = pycodestyle.StyleGuide(reporter=Collected)
    checker = pycodestyle.Checker(
        "solution.py", lines=list(LINES), options=guide.options
    )
    checker.check_all()
    ignored = tuple(pycodestyle.DEFAULT_IGNORE.split(","))
    return [one for one in checker.report.found if not code(one).startswith(ignored)]


def code(finding):
    return finding.split(": ", 1)[1].split()[0]


FOUND = tuple(styled())


def findings(module, families):
    return [one for one in FOUND if code(one).startswith(tuple(families.split()))]


def misnamed(module):
    """What the module defines, at its top or inside, by a name unlike PEP 8's."""
    names = set()
    for name, value in vars(module).items():
        if name.startswith("__") or inspect.ismodule(value):
            continue
        if getattr(value, "__module__", module.__name__) != module.__name__:
            continue
        if inspect.isclass(value):
            names |= {name} if not CAP_WORDS.fullmatch(name) else set()
        elif inspect.isfunction(value):
            inner = {*value.__code__.co_varnames, *value.__code__.co_cellvars, name}
            names |= {one for one in inner if not SNAKE.fullmatch(one)}
        elif MIXED_CASE.fullmatch(name):
            names.add(name)
    return sorted(names)


def fare(module, *args):
    return module.trip_fare(*args)


def kilometres(module, text):
    return module.parse_km(text)


def total(module, lines):
    told = io.StringIO()
    with contextlib.redirect_stderr(told):
        cents = module.day_total(lines)
    return [cents, told.getvalue().strip()]


def by_keyword(module):
    return [
        module.trip_fare(km=10, passenger={"stop": "sur"}, day=None),
        module.parse_km(text="7"),
        module.day_total(lines=[]),
        isinstance(module.HOLIDAYS, list | tuple | set | frozenset),
    ]
