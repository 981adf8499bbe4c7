from http import HTTPStatus


def match(pattern, path):
    """The values of the path's segments, or None if the path is another."""
    wanted, given = pattern.split("/"), path.split("/")
    if len(wanted) != len(given):
        return None
    values = {}
    for piece, text in zip(wanted, given):
        if piece.startswith("<int:"):
            if not (text.isascii() and text.isdigit()):
                return None
            values[piece[5:-1]] = int(text)
        elif piece.startswith("<"):
            if not text:
                return None
            values[piece[1:-1]] = text
        elif piece != text:
            return None
    return values


class App:
    def __init__(self):
        self.routes = []

    def route(self, pattern, methods=("GET",)):
        def register(handler):
            self.routes.append((pattern, list(methods), handler))
            return handler

        return register

    def __call__(self, environ, start_response):
        path = environ["PATH_INFO"].encode("latin-1").decode()
        matching = [
            (methods, handler, values)
            for pattern, methods, handler in self.routes
            if (values := match(pattern, path)) is not None
        ]
        extra = []
        for methods, handler, values in matching:
            if environ["REQUEST_METHOD"] in methods:
                try:
                    result = handler(**values)
                    body, status = result if isinstance(result, tuple) else (result, 200)
                except Exception:
                    body, status = "Internal Server Error", 500
                break
        else:
            status = 405 if matching else 404
            body = HTTPStatus(status).phrase
            if matching:
                allowed = sorted({name for methods, _, _ in matching for name in methods})
                extra = [("Allow", ", ".join(allowed))]
        payload = body.encode()
        headers = [("Content-Type", "text/plain; charset=utf-8")]
        headers += [("Content-Length", str(len(payload))), *extra]
        start_response(f"{status} {HTTPStatus(status).phrase}", headers)
        return [payload]
