"""What a process says when it starts of where submissions will run."""

from bot.bootstrap import Parts
from runner.backend import Backend, BackendReason
from runner.pool import Mode

_WHY = {
    BackendReason.ASKED: "as CORDADA_SANDBOX says",
    BackendReason.ENGINE_ANSWERS: "a Docker engine answers",
    BackendReason.NO_ENGINE: "no Docker engine answers",
    BackendReason.NO_RUNTIME: "the engine lacks the runtime",
    BackendReason.NO_IMAGE: "a Docker engine answers, but has no sandbox image;"
    " make it with: python -m runner image build",
}
_HOW = {
    Mode.POOLED: "warm containers, many submissions each",
    Mode.SINGLE_USE: "warm containers, one submission each",
    None: "a container started for each submission",
}


def sandbox_line(backend: Backend) -> str:
    line = f"Sandbox: {backend.name} ({_WHY[backend.reason]})"
    if backend.name == "process":
        return f"{line}. It limits code but does not lock it in: for your own use only."
    return f"{line}; {_HOW[backend.mode]}"


def judging_line(parts: Parts) -> str:
    if parts.backend is not None:
        return sandbox_line(parts.backend)
    urls = parts.settings.runner_urls
    return f"Runners: {', '.join(urls)} ({parts.runners_ready} of {len(urls)} ready)"
