import logging
from typing import Any

logging.basicConfig(level=logging.DEBUG)


class Declined(Exception):
    def __init__(self, text: str, code: str) -> None:
        super().__init__(text)
        self.code = code


def topup(gateway: Any, order: dict[str, Any]) -> str:
    logging.info(f"charging {order}")
    try:
        receipt = gateway.charge(order["card"], order["cents"])
        logging.debug(f"receipt {receipt!r}")
        return "charged"
    except Declined as error:
        logging.error(f"error: {error}")
        return "declined"
    except Exception as error:
        logging.error(f"error: {error}")
        raise


def run(gateway: Any, orders: list[dict[str, Any]], batch: str) -> list[str]:
    outcomes = []
    for order in orders:
        try:
            outcomes.append(topup(gateway, order))
        except Exception as error:
            print("ERROR", error)
            outcomes.append("failed")
    return outcomes
