"""By hand: judge a job from a file, or make the sandbox's images.

python -m runner job.json            the report, as JSON
python -m runner - --backend docker  the job from standard input
python -m runner image build         the image of base, on what is at hand;
                                     with --profile all those of each profile
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from runner import docker_engine, docker_image
from runner.backend import Setting, choose
from runner.errors import BackendUnavailable, EngineSilent, ImageFault
from runner.job import Job, Profile
from runner.judge import Judge
from runner.report import Report

ALL: Final = "all"
FAILED: Final = 1
MISUSED: Final = 2


def main(arguments: Sequence[str] | None = None) -> int:
    told = list(sys.argv[1:] if arguments is None else arguments)
    if told[:1] == ["image"]:
        return _image(told[1:])
    return _judge(told)


def _judge(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m runner",
        description="Judge a job and print its report as JSON.",
        epilog="To make the sandbox's images: python -m runner image build --help",
    )
    parser.add_argument("job", help="a file that holds a job as JSON; - reads stdin")
    parser.add_argument(
        "--backend", choices=["auto", "docker", "process"], default="auto"
    )
    told = parser.parse_args(arguments)
    try:
        text = (
            sys.stdin.read() if told.job == "-" else Path(told.job).read_text("utf-8")
        )
        job = Job.model_validate_json(text)
    except (OSError, UnicodeDecodeError) as fault:
        return _complain(MISUSED, f"{told.job}: {fault}")
    except ValidationError as faults:
        return _complain(MISUSED, *_faults(faults))
    try:
        report = asyncio.run(_report(job, told.backend))
    except BackendUnavailable as fault:
        return _complain(FAILED, f"no docker backend: {fault.reason} {fault.detail}")
    sys.stdout.write(report.model_dump_json(indent=2) + "\n")
    return 0


async def _report(job: Job, setting: Setting) -> Report:
    backend = await asyncio.to_thread(choose, setting)
    try:
        return await Judge(backend.sandbox).judge(job)
    finally:
        await backend.sandbox.close()


def _faults(faults: ValidationError) -> list[str]:
    """One line for each fault: where it is, and what."""
    return [
        f"{'.'.join(map(str, fault['loc'])) or 'job'}: {fault['msg']}"
        for fault in faults.errors(include_url=False, include_input=False)
    ]


def _image(arguments: Sequence[str]) -> int:
    told = _image_parser().parse_args(arguments)
    try:
        client = docker_engine.connect()
    except EngineSilent as silence:
        return _complain(FAILED, f"no docker engine answers: {silence.why}")
    try:
        made = docker_image.make_base() if told.base_from_mmdebstrap else told.base
        base = made or docker_image.local_base(client) or docker_image.DEFAULT_BASE
        profiles = list(Profile) if told.profile == ALL else [Profile(told.profile)]
        for profile in profiles:
            image = docker_image.build(client, profile, base)
            size_mb = docker_image.size_bytes(client, image) / 1e6
            sys.stdout.write(f"{image}  {size_mb:.0f} MB\n")
            sys.stdout.flush()
    except ImageFault as fault:
        return _complain(FAILED, f"{fault.step}: {fault.output}")
    finally:
        client.close()
    return 0


def _image_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m runner image", description="Make the sandbox's images."
    )
    parser.add_argument("order", choices=["build"])
    parser.add_argument(
        "--profile",
        choices=[*Profile, ALL],
        default=Profile.BASE,
        help="whose libraries to put into it; base when it is not said",
    )
    bases = parser.add_mutually_exclusive_group()
    bases.add_argument(
        "--base",
        help=f"the image to build on; {docker_image.DEFAULT_BASE} when none is at hand",
    )
    bases.add_argument(
        "--base-from-mmdebstrap",
        action="store_true",
        help=f"first make {docker_image.MADE_BASE} of Debian packages: no registry",
    )
    return parser


def _complain(status: int, *lines: str) -> int:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
