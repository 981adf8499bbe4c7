"""One runner's containers on an engine: each is removed, whatever happens to whom.

    org.cordada.sandbox   a container of ours
    org.cordada.owner     which runner's
    org.cordada.expires   Unix time after which it is nobody's

A name is taken before the engine is asked for the container, so that one whose making
was never answered, as the engine was killed or hung, is known all the same, and swept.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import uuid4

import docker
from docker.errors import DockerException
from requests.exceptions import RequestException

from runner.errors import RunnerError, SandboxFault

LABEL: Final = "org.cordada.sandbox"
OWNER_LABEL: Final = "org.cordada.owner"
EXPIRES_LABEL: Final = "org.cordada.expires"
ENGINE_FAULTS: Final = (DockerException, RequestException, OSError)
ENDED: Final = frozenset({"exited", "dead"})
SWEEP_S: Final = 60.0


@contextlib.contextmanager
def engine_faults() -> Iterator[None]:
    """Whatever is not a fault of ours already is a SandboxFault."""
    try:
        yield
    except RunnerError:
        raise
    except Exception as fault:
        # An answer that no engine would give breaks the package in any way.
        raise SandboxFault(f"engine: {fault!r}") from fault


class Containers:
    """Safe to use from several threads."""

    def __init__(
        self, client: docker.DockerClient, *, now: Callable[[], float] = time.time
    ) -> None:
        self.api: Any = client.api
        self._now = now
        self._owner = uuid4().hex
        self._standing: set[str] = set()
        self._sweeping = threading.Lock()
        self._swept_at = 0.0

    @property
    def filters(self) -> dict[str, str | list[str] | bool]:
        """By which the engine lists them."""
        return {"label": f"{OWNER_LABEL}={self._owner}"}

    def create(self, created: Mapping[str, Any], stay_s: float) -> str:
        """Its name; after `stay_s` another runner may remove it."""
        name = f"cordada-{uuid4().hex}"
        labels = {
            LABEL: "1",
            OWNER_LABEL: self._owner,
            EXPIRES_LABEL: str(self._now() + stay_s),
        }
        self._standing.add(name)
        try:
            self.api.create_container(**created, name=name, labels=labels)
        except BaseException:
            self.remove(name)
            raise
        return name

    def remove(self, name: str) -> None:
        """What the engine does not hear now is swept later."""
        try:
            self._remove(name)
        finally:
            self._standing.discard(name)

    def count(self) -> int:
        """How many there are now, whatever their state."""
        return len(self.api.containers(all=True, filters=self.filters))

    def sweep(self) -> int:
        """Remove what dead runners left, and what of our own nobody knows; how many.

        One that has ended is its runner's for a moment only. Where two share an engine
        and the moment is met, the other's job is tried again.
        """
        found = self.api.containers(all=True, filters={"label": LABEL})
        return sum(self._remove(one["Id"]) for one in found if self._is_left(one))

    def sweep_when_due(self) -> None:
        """In a thread that nobody waits for."""
        if time.monotonic() - self._swept_at < SWEEP_S:
            return
        if not self._sweeping.acquire(blocking=False):
            return
        try:
            self._swept_at = time.monotonic()
            with contextlib.suppress(SandboxFault), engine_faults():
                self.sweep()
        finally:
            self._sweeping.release()

    def _is_left(self, container: Mapping[str, Any]) -> bool:
        labels = container["Labels"]
        if labels.get(OWNER_LABEL) == self._owner:
            names = {name.removeprefix("/") for name in container["Names"]}
            return not names & self._standing
        expired = float(labels.get(EXPIRES_LABEL, 0)) < self._now()
        return expired or container["State"] in ENDED

    def _remove(self, name: str) -> bool:
        with contextlib.suppress(*ENGINE_FAULTS):
            self.api.remove_container(name, force=True, v=True)
            return True
        return False
