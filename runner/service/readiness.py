"""What a runner says of itself, asked whether it takes jobs."""

from pydantic import BaseModel, ConfigDict


class Readiness(BaseModel):
    """No Contract: a later runner may say more than an earlier bot knows."""

    model_config = ConfigDict(frozen=True)

    is_ready: bool
    backend: str
    """`docker`, or `process`, which limits code but does not lock it in."""
