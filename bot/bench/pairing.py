"""What pairing a whole community costs, beside another exact solver in the same run.

The other one is SciPy's dense assignment: the same costs as a full table of free places
by requests, without what pairing knows of pairs that cannot be.
"""

import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from rich.table import Table
from scipy.optimize import linear_sum_assignment

from bot.domain.pairing.assignment import assign, worth_of
from bot.domain.pairing.facts import MentorOffer, MentorRequest
from bot.domain.pairing.invented import community
from bot.domain.pairing.matching import places_of
from bot.domain.pairing.matrix import OfferTable
from runner.job import Contract

SIZES = ((100, 20), (1_000, 200), (5_000, 1_000), (10_000, 2_000))
SEED = 1


class SolversDisagree(Exception):
    """They pair as many, or one of them is not exact."""


Pairing = Callable[[list[MentorRequest], list[MentorOffer]], int]
"""How many are paired."""


class PairingFigure(Contract):
    requests: int
    mentors: int
    paired: int
    seconds: float
    dense_seconds: float
    peak_mib: float
    """Of a process that does nothing else, libraries included."""


def measure_pairing(
    sizes: Sequence[tuple[int, int]] = SIZES,
) -> Iterator[PairingFigure]:
    for requests, mentors in sizes:
        own = _alone(_assign, requests, mentors)
        dense = _alone(_dense, requests, mentors)
        if own.paired != dense.paired:
            raise SolversDisagree(own.paired, dense.paired)
        yield PairingFigure(
            requests=requests,
            mentors=mentors,
            paired=own.paired,
            seconds=own.seconds,
            dense_seconds=dense.seconds,
            peak_mib=own.peak_mib,
        )


def pairing_table(figures: list[PairingFigure]) -> Table:
    table = Table(
        "requests", "mentors", "paired", "seconds", "dense / ours", "peak MiB"
    )
    for row in figures:
        table.add_row(
            f"{row.requests:,}",
            f"{row.mentors:,}",
            f"{row.paired:,}",
            f"{row.seconds:.2f}",
            f"{row.dense_seconds / row.seconds:.1f} ×",
            f"{row.peak_mib:.0f}",
        )
    return table


@dataclass(frozen=True)
class _Run:
    seconds: float
    paired: int
    peak_mib: float


def _alone(pairing: Pairing, requests: int, mentors: int) -> _Run:
    """In a fresh process, whose peak of memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as process:
        return process.apply(_run, (pairing, requests, mentors))


def _run(pairing: Pairing, requests: int, mentors: int) -> _Run:
    waiting, offers = community(requests=requests, mentors=mentors, seed=SEED)
    started = time.perf_counter()
    paired = pairing(waiting, offers)
    seconds = time.perf_counter() - started
    peak_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _Run(seconds=seconds, paired=paired, peak_mib=peak_kib / 1024)


def _assign(waiting: list[MentorRequest], offers: list[MentorOffer]) -> int:
    return len(assign(waiting, offers).pairs)


def _dense(waiting: list[MentorRequest], offers: list[MentorOffer]) -> int:
    free = [offer for offer in offers if offer.free]
    places, table = places_of(free), OfferTable(free)
    worth = worth_of(waiting, len(places))
    # Nothing where a pair cannot be, and less where it can.
    weights = np.zeros((len(free), len(waiting)))
    for column, request in enumerate(waiting):
        found = table.candidates(request)
        weights[found.offers, column] = found.costs - worth[column]
    full = weights[places.owner]
    full += np.where(full < 0, places.load[:, None], 0)
    rows, columns = linear_sum_assignment(full)
    return int(np.count_nonzero(full[rows, columns]))
