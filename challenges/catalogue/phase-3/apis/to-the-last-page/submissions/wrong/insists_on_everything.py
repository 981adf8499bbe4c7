import time
from collections.abc import Callable
from urllib.parse import urljoin

import requests

PER_PAGE = 100
TRIES = 3
BUSY = {429, 503}


def loans(
    base_url: str,
    branch: str,
    *,
    timeout_s: float = 10,
    sleep: Callable[[float], object] = time.sleep,
) -> list[dict]:
    """All loans of the branch, in the API's order."""
    found = []
    url: str | None = f"{base_url}/loans"
    params: dict | None = {"branch": branch, "per_page": PER_PAGE}
    with requests.Session() as session:
        while url is not None:
            response = page(session, url, params, timeout_s, sleep)
            found += response.json()["items"]
            # The link holds its whole query: parameters are for the first page.
            link = response.links.get("next")
            url = urljoin(response.url, link["url"]) if link else None
            params = None
    return found


def page(
    session: requests.Session,
    url: str,
    params: dict | None,
    timeout_s: float,
    sleep: Callable[[float], object],
) -> requests.Response:
    for attempt in range(1, TRIES + 1):
        wait_s = float(attempt)
        try:
            response = session.get(url, params=params, timeout=timeout_s)
        except (requests.ConnectionError, requests.Timeout):
            if attempt == TRIES:
                raise
        else:
            if response.ok or attempt == TRIES:
                response.raise_for_status()
                return response
            wait_s = float(response.headers.get("Retry-After", wait_s))
        sleep(wait_s)
    raise AssertionError("the last try returns or raises")
