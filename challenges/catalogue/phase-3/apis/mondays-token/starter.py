from collections.abc import Callable

import requests


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
        self.base_url = base_url
        self.tokens = tokens

    def get(self, path: str) -> object:
        token = self.tokens["access_token"]
        response = requests.get(
            self.base_url + path,
            headers={"Authorization": f"Bearer {token}"},
            timeout=10,
        )
        response.raise_for_status()
        return response.json()
