"""Programs that say too much, or say it so that it would hurt who reads it."""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    FLOODS,
    MISSING,
    OUTPUT,
    PRINTED,
    RETURNED,
    SCRIPT,
    SYNTAX,
    Gets,
    Program,
    raised,
)


def _floods(name: str, source: str) -> Program:
    return Program(
        name,
        OUTPUT,
        source,
        prelude="import logging, os, subprocess, sys, threading, time, warnings\n",
        limits=FLOODS,
    )


def _prints(name: str, text: str) -> Program:
    """`text` is an expression of bytes; it is not what was asked for."""
    return Program(
        name,
        PRINTED,
        f"""
        import sys
        sys.stdout.buffer.write({text})
        """,
        action=SCRIPT,
    )


def _returns(name: str, text: str) -> Program:
    return Program(name, RETURNED, f"def act():\n    return {text}\n")


def _is_source(name: str, source: str, gets: Gets = ACCEPTED) -> Program:
    return Program(name, gets, source)


ACT: Final = "def act():\n    return 987_654_321_012\n"

PROGRAMS: Final = (
    _floods(
        "lines without end",
        """
        def act():
            while True:
                print("x" * 79)
        """,
    ),
    _floods(
        "errors without end",
        """
        def act():
            while True:
                print("x" * 79, file=sys.stderr)
        """,
    ),
    _floods(
        "one line of ten megabytes",
        """
        def act():
            print("x" * 10_000_000)
        """,
    ),
    _floods(
        "single characters and no line",
        """
        def act():
            while True:
                sys.stdout.write("x")
        """,
    ),
    _floods(
        "zero bytes without end",
        """
        def act():
            while True:
                os.write(1, bytes(4096))
        """,
    ),
    _floods(
        "both streams in turn",
        """
        def act():
            while True:
                os.write(1, b"out")
                os.write(2, b"err")
        """,
    ),
    _floods(
        "flood of a child",
        """
        def act():
            subprocess.run(["/bin/sh", "-c", "while :; do echo flood; done"])
        """,
    ),
    _floods(
        "flood of a thread",
        """
        def flood():
            while True:
                os.write(1, b"x" * 100)
        def act():
            threading.Thread(target=flood, daemon=True).start()
            time.sleep(10)
        """,
    ),
    _floods(
        "flood of the log",
        """
        def act():
            while True:
                logging.error("again")
        """,
    ),
    _floods(
        "flood of warnings",
        """
        def act():
            warnings.simplefilter("always")
            while True:
                warnings.warn("again")
        """,
    ),
    _floods(
        "long farewell",
        """
        def act():
            sys.exit("bye" * 100_000)
        """,
    ),
    _floods(
        "flood on the result's descriptor",
        """
        def act():
            while True:
                os.write(3, b"x" * 65536)
        """,
    ),
    _floods(
        "output while the answer is right",
        """
        def act():
            print("x" * 100_000)
            return 987_654_321_012
        """,
    ),
    _floods(
        "flood while loading",
        """
        while True:
            print("loading")
        """,
    ),
    _prints("nothing", 'b""'),
    _prints("zero bytes", 'b"987654321012\\0"'),
    _prints("bytes in no encoding", "bytes(range(128, 256)) * 9"),
    _prints("half of a character", 'b"987654321012\\xe2\\x82"'),
    _prints(
        "colours and moves of a terminal", 'b"\\x1b[31m1\\x1b[2J\\x1b]0;title\\x07"'
    ),
    _prints("return of the carriage over another answer", 'b"1\\r987654321012"'),
    _prints("backspaces over another answer", 'b"1\\b987654321012"'),
    _prints(
        "answer in other digits",
        r'"\uff19\uff18\uff17\uff16\uff15\uff14\uff13\uff12\uff11\uff10\uff11\uff12".encode()',
    ),
    _prints("characters without width", '"987654\\u200b321012".encode()'),
    _prints("text that runs from right to left", '"\\u202e210123456789".encode()'),
    _prints("mark of the byte order", '"\\ufeff987654321012".encode()'),
    _prints("many answers", 'b"".join(b"%d\\n" % n for n in range(4000))'),
    _prints("accents upon accents", '("Z" + "\\u0301" * 5000).encode()'),
    _returns("mentions of everybody", '"@everyone @here <!channel> <@1> <#2> <@&3>"'),
    _returns("end of a block of code", '"```\\n# heading\\n||spoiler|| [a](http://x)"'),
    _returns("mark-up of a page", '"<script>alert(1)</script><img src=x onerror=y>"'),
    _returns("zero character", '"\\0"'),
    _returns("half of a pair of surrogates", '"\\ud800"'),
    _returns("colours of a terminal", '"\\x1b[41m\\x1b]8;;http://x\\x07link"'),
    _returns("text of a million characters", '"x" * 1_000_000'),
    _returns("fifty thousand lines", '"\\n" * 50_000'),
    _returns("formula of a spreadsheet", "'=cmd|\"/c calc\"!A1'"),
    _returns("template", '"{{7*7}} ${7*7} {0.__class__} %s %n"'),
    Program(
        "half of a pair printed",
        raised("UnicodeEncodeError"),
        """
        def act():
            print("\\ud800", flush=True)
        """,
    ),
    Program(
        "half of a pair among the errors",
        RETURNED,
        """
        import sys
        def act():
            print("\\ud800\\0", file=sys.stderr)
        """,
    ),
    Program(
        "exception whose text is hostile",
        raised("ValueError"),
        """
        def act():
            raise ValueError("\\0\\ud800@everyone```\\x1b[31m" * 10_000)
        """,
    ),
    Program(
        "exception whose name is hostile",
        raised("@everyone```"),
        """
        def act():
            raise type("@everyone```", (Exception,), {})
        """,
    ),
    Program(
        "exception whose name is long",
        Gets(raised().verdict, raised().reason),
        """
        def act():
            raise type("x" * 1_000_000, (Exception,), {})
        """,
    ),
    _is_source("source that is empty", "", MISSING),
    _is_source("source of white space", " \n\t\n\f\n", MISSING),
    _is_source("source with a zero byte", ACT + "\0", SYNTAX),
    _is_source("source with a mark of the byte order", "\ufeff" + ACT),
    _is_source("source with carriage returns", ACT.replace("\n", "\r\n")),
    _is_source("source with old line ends", ACT.replace("\n", "\r")),
    _is_source("source of a megabyte", ACT + "# x\n" * 250_000),
    _is_source("source with a line of a megabyte", ACT + "#" + "x" * 1_000_000),
    _is_source("source that claims another encoding", "# coding: utf-7\n" + ACT),
    _is_source("source that claims no encoding", "# coding: none\n" + ACT),
    _is_source("source with letters of other widths", ACT.replace("act", "\uff41ct")),
    _is_source(
        "source with invisible letters", ACT.replace("act", "act\u200b"), SYNTAX
    ),
    _is_source("source that ends in the middle", ACT + "\\", SYNTAX),
)
