"""All programs by area, and which of them a backend is tried with."""

from collections.abc import Mapping, Sequence
from typing import Final

from runner.hostile import (
    bending,
    crashes,
    files,
    forges,
    judge_logic,
    kernel,
    leaks,
    litter,
    memory,
    network,
    output,
    pool,
    processes,
    prying,
    suites,
    time,
    values,
    waiting,
)
from runner.hostile.program import Program

AREAS: Final[Mapping[str, Sequence[Program]]] = {
    "time": (*time.PROGRAMS, *waiting.PROGRAMS),
    "memory": memory.PROGRAMS,
    "processes": (*processes.PROGRAMS, *prying.PROGRAMS),
    "files": (*files.PROGRAMS, *litter.PROGRAMS),
    "network": network.PROGRAMS,
    "kernel": kernel.PROGRAMS,
    "output": output.PROGRAMS,
    "values": values.PROGRAMS,
    "forges": (*forges.PROGRAMS, *bending.PROGRAMS),
    "suites": suites.PROGRAMS,
    "leaks": leaks.PROGRAMS,
    "crashes": crashes.PROGRAMS,
    "pool": pool.PROGRAMS,
    "judge logic": judge_logic.PROGRAMS,
}


def programs() -> list[tuple[str, Program]]:
    return [(area, one) for area, found in AREAS.items() for one in found]


def programs_for(backend: str) -> list[tuple[str, Program]]:
    """Those that may run there."""
    return [
        (area, program)
        for area, program in programs()
        if backend != "process" or program.run_on_process
    ]


def must_hold(backend: str, program: Program) -> bool:
    return backend != "process" or program.holds_on_process
