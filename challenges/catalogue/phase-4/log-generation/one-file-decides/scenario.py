"""Loads the configuration with logging's own reader, writes, and looks where it went."""

import contextlib
import io
import logging
import logging.config
import os
import re
import tempfile

import yaml

STAMP = re.compile(r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3} ")
FILES = {"errors": "logs/errors.log", "payments": "logs/payments.log"}


def written(text, place, records, imported=()):
    """The lines in 'console', 'errors' or 'payments' after the records were written.

    `imported` are names of loggers that modules made before. The time that a line of a
    file begins with is told as TIME.
    """
    config = read(text)
    for name in imported:
        logging.getLogger(name)
    console = io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir("logs")
        with contextlib.redirect_stderr(console):
            logging.config.dictConfig(config)
            for name, level, message in records:
                logging.getLogger(name).log(getattr(logging, level), message)
            logging.shutdown()
        found = console.getvalue() if place == "console" else content(FILES[place])
        os.chdir("/")
    return [STAMP.sub("TIME ", line) for line in found.splitlines()]


def read(text):
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        raise ArtifactError(getattr(error, "problem", error), line=line) from None
    if not isinstance(config, dict):
        raise ArtifactError("not a mapping of keys and values")
    return config


def content(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:  # a handler may wait for its first record
        return ""
