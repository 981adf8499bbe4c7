import logging
from collections.abc import Callable

DRY_BELOW = 30

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
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
            log.debug("plot %s: moisture %s, last day %s", name, moisture, told)
        if not 0 <= moisture <= 100:
            log.warning("plot %s: sensor says %s, skipped", name, moisture)
        elif moisture < DRY_BELOW:
            try:
                open_valve(name, litres)
            except OSError:
                log.exception("plot %s: the valve did not answer", name)
            else:
                log.info("plot %s: %d litres", name, litres)
                watered += 1
                total += litres
    log.info("watered %d of %d plots, %d litres", watered, len(plots), total)
    return total
