class UnknownChannel(LookupError):
    pass


def create(name: str, **settings: str) -> object:
    if name == "sms":
        return Sms(**settings)
    if name == "email":
        return Email(**settings)
    raise UnknownChannel(name)


class Sms:
    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, to: str, text: str) -> str:
        return f"sms {self.sender} -> {to}: {text}"


class Email:
    def __init__(self, sender: str) -> None:
        self.sender = sender

    def send(self, to: str, text: str) -> str:
        return f"email {self.sender} -> {to}: {text}"


# channel, TicketNumbers
