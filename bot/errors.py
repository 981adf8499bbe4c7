"""Faults that end the program before it serves anybody.

StartError
└── BadSettings      one or more settings have values that cannot be used
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
