import logging
from collections.abc import Callable

DRY_BELOW = 30

log = logging.getLogger(__name__)


def irrigate(
    plots: list[dict],
    open_valve: Callable[[str, int], None],
    diagnose: Callable[[str], str],
) -> int:
    """Waters the dry plots; returns the litres that were given."""
    watered = total = 0
    for plot in plots:
        name, moisture, litres = plot["name"], plot["moisture"], plot["litres"]
        if log.isEnabledFor(logging.DEBUG):
            # Two seconds of radio, for nothing if nobody reads it.
            told = diagnose(name)
            log.debug(f"plot {name}: moisture {moisture}, last day {told}")
        if not 0 <= moisture <= 100:
            log.warning(f"plot {name}: sensor says {moisture}, skipped")
        elif moisture < DRY_BELOW:
            try:
                open_valve(name, litres)
            except OSError:
                log.exception(f"plot {name}: the valve did not answer")
            else:
                log.info(f"plot {name}: {litres} litres")
                watered += 1
                total += litres
    log.info(f"watered {watered} of {len(plots)} plots, {total} litres")
    return total
