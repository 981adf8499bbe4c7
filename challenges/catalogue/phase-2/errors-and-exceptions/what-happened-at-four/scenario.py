"""Waters some plots, and reads what the module left in the log.

The records are caught at the root, as the program around the module would do.
"""

import contextlib
import io
import logging
import traceback

SILENT = {"Norte": ConnectionResetError, "Oeste": TimeoutError}
PLOTS = [
    {"name": "Vega", "moisture": 10, "litres": 300},
    {"name": "Norte", "moisture": 11, "litres": 200},
    {"name": "Sur", "moisture": 12, "litres": 100},
    {"name": "Pozo", "moisture": 400, "litres": 100},
]


class Caught(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        # As any output does: an argument may wait until then to be worked out.
        record.getMessage()
        self.records.append(record)


class Field:
    """Valves and sensors. Those of SILENT fail, and `stranger` names a fault of ours."""

    def __init__(self, stranger=None):
        self.asked = 0
        self.opened = 0
        self.stranger = stranger

    def open_valve(self, name, litres):
        self.opened += 1
        if name in SILENT:
            raise SILENT[name](113, "")
        if self.stranger is not None:
            raise self.stranger(name)

    def diagnose(self, name):
        self.asked += 1
        return "dry since noon"


def listening(level):
    caught, root = Caught(), logging.getLogger()
    root.addHandler(caught)
    root.setLevel(level)
    return caught


def watered(module, level, plots, field):
    caught = listening(level)
    total = module.irrigate(plots, field.open_valve, field.diagnose)
    return caught.records, total


def run(module, level, plots):
    records, total = watered(module, level, plots, Field())
    return [*((one.levelname, one.getMessage()) for one in records), total]


def errors_told(module, *names):
    """Message, exception and the last function of its traceback, of each error."""
    plots = [{"name": name, "moisture": 5, "litres": 10} for name in names]
    records, _ = watered(module, "ERROR", plots, Field())
    return [(one.getMessage(), *raised(one)) for one in records]


def raised(record):
    if not record.exc_info or record.exc_info[0] is None:
        return "no exception", "no traceback"
    kind, _, trace = record.exc_info
    return kind.__name__, traceback.extract_tb(trace)[-1].name


def stranger(module, name):
    """What reached the caller, the warnings and errors told, and the valves tried."""
    field = Field(KeyError if name == "KeyError" else ValueError)
    caught = listening("WARNING")
    try:
        module.irrigate(PLOTS[:1] + PLOTS[2:3], field.open_valve, field.diagnose)
    except (KeyError, ValueError) as error:
        outcome = type(error).__name__
    else:
        outcome = "nothing"
    return [outcome, [one.getMessage() for one in caught.records], field.opened]


def templates(module, level):
    """How many different messages there are, before they are filled in."""
    records, _ = watered(module, level, PLOTS, Field())
    return len({str(one.msg) for one in records})


def diagnoses(module, level):
    field = Field()
    watered(module, level, PLOTS, field)
    return field.asked


def left_as_it_was(module):
    root, own = logging.getLogger(), logging.getLogger(module.__name__)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        module.irrigate(PLOTS[:1], Field().open_valve, Field().diagnose)
    return {
        "root handlers": len(root.handlers),
        "root level": logging.getLevelName(root.level),
        # A NullHandler leads nowhere: libraries may have one.
        "own handlers": sum(type(h) is not logging.NullHandler for h in own.handlers),
        "own level": logging.getLevelName(own.level),
        "propagates": own.propagate,
        "printed": printed.getvalue(),
    }


def names(module):
    records, _ = watered(module, "DEBUG", PLOTS, Field())
    return sorted({one.name for one in records})
