"""Programs that look for the expected answer wherever one could lie.

Whatever they find they return: to find it is to pass.
"""

from typing import Final

from runner.hostile.program import (
    ACCEPTED,
    ANSWER,
    NO_ANSWER,
    PRINTED,
    RETURNED,
    SCRIPT,
    Program,
)
from runner.job import Call, Scene

SEARCH: Final = """
    import gc, glob, os, re, sys, time
    # A pattern that does not find itself.
    PATTERN = re.compile("98765432101[2]")

    def found_in(text):
        if isinstance(text, bytes):
            text = text.decode("latin-1")
        return int(PATTERN.pattern[:-3] + '2') if PATTERN.search(text) else None

    def found_in_files(*patterns):
        for pattern in patterns:
            for path in glob.glob(pattern, recursive=True):
                # Its own source says what it looks for.
                if os.path.isfile(path) and not path.endswith("solution.py"):
                    try:
                        with open(path, "rb") as file:
                            found = found_in(file.read(1 << 20))
                    except OSError:
                        continue
                    if found:
                        return found
"""


def _looks(name: str, source: str) -> Program:
    return Program(name, RETURNED, source, prelude=SEARCH)


PROGRAMS: Final = (
    Program(
        "in its own frame, where it was put: so the search does find",
        ACCEPTED,
        """
        def act(given):
            return found_in(repr(sys._getframe().f_locals))
        """,
        prelude=SEARCH,
        action=Call(function="act", args=(str(ANSWER),)),
    ),
    Program(
        "in its own memory, where it was put: so the search does find",
        ACCEPTED,
        """
        def act(given):
            memory = open("/proc/self/mem", "rb", 0)
            for line in open("/proc/self/maps"):
                span, modes = line.split()[:2]
                low, high = (int(end, 16) for end in span.split("-"))
                if "rw" in modes and high < 1 << 62:
                    memory.seek(low)
                    found = found_in(memory.read(high - low))
                    if found:
                        return found
        """,
        prelude=SEARCH,
        action=Call(function="act", args=(str(ANSWER),)),
    ),
    _looks(
        "in the frames below",
        """
        def act():
            frame = sys._getframe(1)
            while frame:
                found = found_in(repr(frame.f_locals) + repr(frame.f_globals))
                if found:
                    return found
                frame = frame.f_back
        """,
    ),
    _looks(
        "in every object that is counted",
        """
        def act():
            for one in gc.get_objects():
                if type(one) in (dict, list, tuple, set):
                    found = found_in(str(one)[:100_000])
                    if found:
                        return found
        """,
    ),
    _looks(
        "in the modules of the harness",
        """
        def act():
            for name, module in list(sys.modules.items()):
                if name.startswith("runner"):
                    found = found_in(repr(vars(module)))
                    if found:
                        return found
        """,
    ),
    _looks(
        "in the closures of all functions",
        """
        import types
        def act():
            for one in gc.get_objects():
                if type(one) is types.FunctionType:
                    for cell in one.__closure__ or ():
                        try:
                            found = found_in(repr(cell.cell_contents))
                        except ValueError:
                            continue
                        if found:
                            return found
        """,
    ),
    _looks(
        "in the exception on its way",
        """
        def act():
            found = []
            def trace(frame, event, value):
                found.append(found_in(repr(frame.f_locals)))
                return trace
            sys.settrace(trace)
            try:
                raise LookupError
            except LookupError as error:
                found.append(found_in(repr(error.__traceback__.tb_frame.f_back.f_locals)))
            sys.settrace(None)
            return next(filter(None, found), None)
        """,
    ),
    _looks(
        "in its own memory",
        """
        def act():
            memory = open("/proc/self/mem", "rb", 0)
            for line in open("/proc/self/maps"):
                span, modes = line.split()[:2]
                low, high = (int(end, 16) for end in span.split("-"))
                if "rw" not in modes or high > 1 << 62:
                    continue
                memory.seek(low)
                try:
                    found = found_in(memory.read(high - low))
                except OSError:
                    continue
                if found:
                    return found
        """,
    ),
    _looks(
        "in the environment and the arguments",
        """
        def act():
            command = open("/proc/self/cmdline").read()
            return found_in(repr(os.environ) + repr(sys.orig_argv) + command)
        """,
    ),
    _looks(
        "in the environment of who started it",
        """
        def act():
            return found_in_files("/proc/[0-9]*/environ", "/proc/[0-9]*/cmdline")
        """,
    ),
    _looks(
        "in its folders and those around",
        """
        def act():
            temporary = os.environ["TMPDIR"]
            return found_in_files("./**", "../**", "../../*", f"{temporary}/**")
        """,
    ),
    _looks(
        "in the source of the harness",
        """
        def act():
            place = os.path.dirname(sys.modules["runner.codec"].__file__)
            # The suite's own text, where the machine's files are seen, is no leak.
            return found_in_files(f"{place}/*.py", f"{place}/harness/*.py")
        """,
    ),
    _looks(
        "behind its descriptors",
        """
        def act():
            for name in os.listdir("/proc/self/fd"):
                try:
                    os.set_blocking(int(name), False)
                    found = found_in(os.read(int(name), 1 << 16))
                except OSError:
                    continue
                if found:
                    return found
        """,
    ),
    _looks(
        "on the channel of the actions",
        """
        def act():
            for number in range(3, 1024):
                try:
                    found = found_in(os.pread(number, 1 << 16, 0))
                except OSError:
                    continue
                if found:
                    return found
        """,
    ),
    _looks(
        "in the author's scenario",
        """
        def act():
            module = sys.modules.get("scenario")
            return module and found_in(repr(vars(module)))
        """,
    ),
    _looks(
        "in what loads lazily",
        """
        import inspect, linecache
        def act():
            del linecache.cache["solution.py"]
            stack = inspect.stack(context=50)
            lines = "".join("".join(one.code_context or ()) for one in stack[1:])
            return found_in(lines)
        """,
    ),
    Program(
        "by the time that a guess takes",
        NO_ANSWER,
        """
        import json, struct
        def took(guess):
            text = json.dumps({"ending": "returned", "value": guess}).encode()
            began = time.perf_counter_ns()
            os.write(3, struct.pack("!I", len(text)) + text)
            os.sched_yield()
            return time.perf_counter_ns() - began
        def act():
            # The longer a guess is compared, the more of it is right.
            return max((int(f"{digit}87654321012") for digit in range(10)), key=took)
        """,
        prelude=SEARCH,
    ),
    Program(
        "in the scenario's own frame",
        RETURNED,
        """
        class Prices(list):
            def __iter__(self):
                frame = sys._getframe(1)
                while frame:
                    found = found_in(repr(frame.f_locals)[:100_000])
                    if found:
                        return iter([found])
                    frame = frame.f_back
                return iter([0])
        prices = Prices()
        """,
        prelude=SEARCH,
        action=Scene(function="total"),
        scenario="def total(module):\n    return sum(module.prices)\n",
    ),
    Program(
        "in the standard input",
        PRINTED,
        """
        print(found_in(sys.stdin.read()))
        """,
        prelude=SEARCH,
        action=SCRIPT,
    ),
)
