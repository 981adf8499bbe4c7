import logging
from typing import Any

logger = logging.getLogger("topups")


class Declined(Exception):
    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


def topup(gateway: Any, order: dict[str, Any], log: logging.LoggerAdapter) -> str:
    try:
        receipt = gateway.charge(order["card"], order["cents"])
    except Declined as error:
        log.warning("declined order %s: %s", order["id"], error.code)
        return "declined"
    log.info("charged order %s: %d cents", order["id"], order["cents"])
    log.debug("receipt of order %s: %r", order["id"], receipt)
    return "charged"


def run(gateway: Any, orders: list[dict[str, Any]], batch: str) -> list[str]:
    outcomes = []
    for order in orders:
        about = {"batch": batch, "order_id": order["id"]}
        log = logging.LoggerAdapter(logger, about)
        try:
            outcomes.append(topup(gateway, order, log))
        except Exception:
            log.exception("failed order %s", order["id"])
            outcomes.append("failed")
    return outcomes
