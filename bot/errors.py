"""Faults that end the program before it serves anybody.

StartError
├── BadSettings      one or more settings have values that cannot be used
└── AddressTaken     no free port near the one asked for
"""

from dataclasses import dataclass


class StartError(Exception):
    pass


@dataclass(frozen=True, kw_only=True)
class BadSetting:
    name: str
    value: str
    """Hidden for secrets."""
    problem: str
    example: str


class BadSettings(StartError):
    def __init__(self, faults: tuple[BadSetting, ...]) -> None:
        super().__init__(", ".join(fault.name for fault in faults))
        self.faults = faults


class AddressTaken(StartError):
    def __init__(self, host: str, first_port: int, last_port: int) -> None:
        super().__init__(f"{host}:{first_port}-{last_port}")
        self.host = host
        self.first_port = first_port
        self.last_port = last_port
