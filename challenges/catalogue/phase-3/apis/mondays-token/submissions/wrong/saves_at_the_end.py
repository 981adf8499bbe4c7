import re
from collections.abc import Callable

import requests

MARGIN_S = 30
TIMEOUT_S = 10


class SignInAgain(Exception):
    """A person has to grant access again."""


class MissingScope(Exception):
    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


class Calendar:
    def __init__(
        self,
        base_url: str,
        client_id: str,
        client_secret: str,
        tokens: dict,
        save: Callable[[dict], object],
        clock: Callable[[], float],
    ) -> None:
        self._base_url = base_url
        self._client = (client_id, client_secret)
        self._tokens = dict(tokens)
        self._save = save
        self._clock = clock

    def get(self, path: str) -> object:
        before = self._tokens
        if self._tokens["expires_at"] - self._clock() < MARGIN_S:
            self._refresh()
        response = self._ask(path)
        if response.status_code == 401:
            # Withdrawn before its time: one refresh may help, two will not.
            self._refresh()
            response = self._ask(path)
            if response.status_code == 401:
                raise SignInAgain
        missing = self._missing_scope(response)
        if missing is not None:
            raise MissingScope(missing)
        response.raise_for_status()
        if self._tokens is not before:
            self._save(dict(self._tokens))
        return response.json()

    def _ask(self, path: str) -> requests.Response:
        return requests.get(
            self._base_url + path,
            headers={"Authorization": f"Bearer {self._tokens['access_token']}"},
            timeout=TIMEOUT_S,
        )

    def _refresh(self) -> None:
        response = requests.post(
            f"{self._base_url}/oauth/token",
            data={
                "grant_type": "refresh_token",
                "refresh_token": self._tokens["refresh_token"],
            },
            auth=self._client,
            timeout=TIMEOUT_S,
        )
        if response.status_code == 400 and response.json()["error"] == "invalid_grant":
            raise SignInAgain
        response.raise_for_status()
        body = response.json()
        self._tokens = {
            "access_token": body["access_token"],
            "refresh_token": body.get("refresh_token", self._tokens["refresh_token"]),
            "expires_at": self._clock() + body["expires_in"],
        }

    @staticmethod
    def _missing_scope(response: requests.Response) -> str | None:
        told = response.headers.get("WWW-Authenticate", "")
        if response.status_code != 403 or "insufficient_scope" not in told:
            return None
        found = re.search(r'scope="([^"]*)"', told)
        return found[1] if found else ""
