import logging

_logger = logging.getLogger(__name__)
_logger.addHandler(logging.NullHandler())


def irrigate(plots, open_valve, diagnose):
    given = []
    for plot in plots:
        name = plot["name"]
        if _logger.isEnabledFor(logging.DEBUG):
            _logger.debug(
                "plot %(name)s: moisture %(moisture)s, last day %(told)s",
                plot | {"told": diagnose(name)},
            )
        if plot["moisture"] < 0 or plot["moisture"] > 100:
            _logger.warning("plot %(name)s: sensor says %(moisture)s, skipped", plot)
            continue
        if plot["moisture"] >= 30:
            continue
        try:
            open_valve(name, plot["litres"])
        except OSError as error:
            _logger.error("plot %s: the valve did not answer", name, exc_info=error)
            continue
        _logger.info("plot %(name)s: %(litres)s litres", plot)
        given.append(plot["litres"])
    _logger.info(
        "watered %s of %s plots, %s litres", len(given), len(plots), sum(given)
    )
    return sum(given)
