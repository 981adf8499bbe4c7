import time
from collections.abc import Callable

import requests


def loans(
    base_url: str,
    branch: str,
    *,
    timeout_s: float = 10,
    sleep: Callable[[float], object] = time.sleep,
) -> list[dict]:
    response = requests.get(f"{base_url}/loans?branch={branch}&per_page=100")
    return response.json()["items"]
