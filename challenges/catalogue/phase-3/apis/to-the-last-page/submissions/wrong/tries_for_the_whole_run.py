import time
from urllib.parse import urljoin

import requests


def loans(base_url, branch, *, timeout_s=10, sleep=time.sleep):
    found = []
    failures = 0
    session = requests.Session()
    url, params = f"{base_url}/loans", {"branch": branch, "per_page": 100}
    while url:
        try:
            response = session.get(url, params=params, timeout=timeout_s)
        except (requests.ConnectionError, requests.Timeout):
            failures += 1
            if failures == 3:
                raise
            sleep(failures)
            continue
        if response.status_code in (429, 503):
            failures += 1
            if failures == 3:
                response.raise_for_status()
            sleep(float(response.headers.get("Retry-After", failures)))
            continue
        response.raise_for_status()
        found.extend(response.json()["items"])
        link = response.links.get("next")
        url = urljoin(response.url, link["url"]) if link else None
        params = None
    return found
