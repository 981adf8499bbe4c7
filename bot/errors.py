"""Faults that end the program before it serves anybody.

StartError
├── BadSettings      one or more settings have values that cannot be used
├── UnsafeRunner     a runner that others reach would not be safe as it is set
└── UnsafeSandbox    the sandbox here is not safe enough for other people's code
"""

from dataclasses import dataclass
from typing import Literal


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


class UnsafeRunner(StartError):
    def __init__(self, host: str, lacks: Literal["secret", "docker"]) -> None:
        super().__init__(host, lacks)
        self.host = host
        self.lacks = lacks


class UnsafeSandbox(StartError):
    def __init__(self, platform: Literal["Discord", "Slack"], setting: str) -> None:
        super().__init__(platform, setting)
        self.platform = platform
        self.setting = setting
