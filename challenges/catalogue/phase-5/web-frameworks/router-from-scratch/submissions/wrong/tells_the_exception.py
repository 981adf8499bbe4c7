import re
from collections.abc import Callable, Iterable
from http import HTTPStatus

PLACEHOLDER = re.compile(r"<(?P<kind>int:)?(?P<name>\w+)>")


def compiled(pattern: str) -> tuple[re.Pattern[str], set[str]]:
    """The pattern as a regular expression, and the names whose values are integers."""
    pieces, integers, end = [], set(), 0
    for found in PLACEHOLDER.finditer(pattern):
        pieces.append(re.escape(pattern[end : found.start()]))
        pieces.append(f"(?P<{found['name']}>{'[0-9]+' if found['kind'] else '[^/]+'})")
        if found["kind"]:
            integers.add(found["name"])
        end = found.end()
    pieces.append(re.escape(pattern[end:]))
    return re.compile("".join(pieces)), integers


class App:
    def __init__(self) -> None:
        self._routes: list[tuple[re.Pattern[str], set[str], set[str], Callable]] = []

    def route(self, pattern: str, methods: Iterable[str] = ("GET",)) -> Callable:
        """Decorator: handle requests for the pattern with the function."""

        def register(handler: Callable) -> Callable:
            self._routes.append((*compiled(pattern), set(methods), handler))
            return handler

        return register

    def __call__(self, environ: dict, start_response: Callable) -> list[bytes]:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
        body, status, extra = self._answer(environ["REQUEST_METHOD"], path)
        payload = body.encode()
        headers = [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Length", str(len(payload))),
            *extra,
        ]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [payload]

    def _answer(self, method: str, path: str) -> tuple[str, int, list]:
        allowed: set[str] = set()
        for expression, integers, methods, handler in self._routes:
            found = expression.fullmatch(path)
            if found is None:
                continue
            if method in methods:
                values = {
                    name: int(value) if name in integers else value
                    for name, value in found.groupdict().items()
                }
                return self._call(handler, values)
            allowed |= methods
        if allowed:
            return "Method Not Allowed", 405, [("Allow", ", ".join(sorted(allowed)))]
        return "Not Found", 404, []

    def _call(self, handler: Callable, values: dict) -> tuple[str, int, list]:
        try:
            result = handler(**values)
        except Exception as error:
            return f"Internal Server Error: {error}", 500, []
        body, status = result if isinstance(result, tuple) else (result, 200)
        return body, status, []
