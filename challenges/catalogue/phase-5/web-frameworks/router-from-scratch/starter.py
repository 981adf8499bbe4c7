class App:
    def route(self, pattern, methods=("GET",)):
        """Decorator: handle requests for the pattern with the function."""

        def register(handler):
            return handler

        return register

    def __call__(self, environ, start_response):
        start_response("404 Not Found", [])
        return [b""]
