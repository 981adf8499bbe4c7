import time
from urllib.parse import urljoin

import requests


class Reader:
    def __init__(self, timeout_s, sleep):
        self.session = requests.session()
        self.timeout_s = timeout_s
        self.sleep = sleep

    def once(self, url, params):
        """A response, or the seconds to wait with the error to raise in the end."""
        try:
            response = self.session.get(url, params=params, timeout=self.timeout_s)
            response.raise_for_status()
        except requests.HTTPError as error:
            if error.response.status_code not in (429, 503):
                raise
            return None, error.response.headers.get("Retry-After"), error
        except requests.RequestException as error:
            return None, None, error
        return response, None, None

    def page(self, url, params=None):
        for default in ("1", "2", None):
            response, told, error = self.once(url, params)
            if response is not None:
                return response
            if default is None:
                raise error
            self.sleep(int(told or default))

    def pages(self, url, params):
        response = self.page(url, params)
        yield response
        while "next" in response.links:
            response = self.page(urljoin(response.url, response.links["next"]["url"]))
            yield response


def loans(base_url, branch, *, timeout_s=10, sleep=time.sleep):
    reader = Reader(timeout_s, sleep)
    query = {"branch": branch, "per_page": 100}
    pages = reader.pages(base_url + "/loans", query)
    return [loan for page in pages for loan in page.json()["items"]]
