import logging

log = logging.getLogger("topups")
log.addHandler(logging.NullHandler())


class Declined(Exception):
    def __init__(self, text, code):
        super().__init__(text)
        self.code = code


def run(gateway, orders, batch):
    return [outcome(gateway, order, batch) for order in orders]


def outcome(gateway, order, batch):
    number = order["id"]
    extra = {"batch": batch, "order_id": number}
    try:
        receipt = gateway.charge(order["card"], order["cents"])
    except Declined as refusal:
        log.warning("declined order %s: %s", number, refusal.code, extra=extra)
        return "declined"
    except Exception as error:
        log.error("failed order %s", number, exc_info=error, extra=extra)
        return "failed"
    log.info("charged order %s: %s cents", number, order["cents"], extra=extra)
    if log.isEnabledFor(logging.DEBUG):
        log.debug("receipt of order %s: %r", number, receipt, extra=extra)
    return "charged"
