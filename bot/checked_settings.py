"""Settings as a command reads them: with faults, it says them all and ends."""

from collections.abc import Callable

import typer
from rich.console import Console
from rich.text import Text

from bot.errors import BadSettings
from bot.logs import set_up_logs
from bot.settings import Read

complaints = Console(stderr=True, highlight=False)


def checked(read: Callable[[], Read]) -> Read:
    """Logs are set up as the settings say."""
    try:
        found = read()
    except BadSettings as error:
        for fault in error.faults:
            complaints.print(
                Text.assemble(
                    (fault.name, "bold"), f" is {fault.value!r}: {fault.problem}."
                )
            )
            complaints.print(f"  For example: {fault.example}", markup=False)
        raise typer.Exit(2) from None
    set_up_logs(found)
    return found
