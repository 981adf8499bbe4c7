"""Requests to a small application, told as (status line, body)."""

ABSENT = "(absent)"


def request(app, line):
    """Send 'GET /path' as a WSGI server would; more than one start shows as a sum."""
    method, path = line.split(" ", 1)
    started = []
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
    }
    chunks = app(environ, lambda status, headers: started.append((status, headers)))
    body = b"".join(chunks).decode()
    status = " + ".join(status for status, _ in started)
    headers = {name.lower(): value for _, pairs in started for name, value in pairs}
    return status, body, headers


def telling(pattern):
    """A handler that answers with its pattern and the values that it got."""

    def handler(**values):
        return " ".join([pattern, *(f"{name}={value!r}" for name, value in values.items())])

    return handler


def serve(module, routes, *lines):
    app = module.App()
    for pattern, methods in routes:
        app.route(pattern, methods=methods)(telling(pattern))
    return [request(app, line)[:2] for line in lines]


def allowed(module, routes, *lines):
    """The status line and the Allow header of each response."""
    app = module.App()
    for pattern, methods in routes:
        app.route(pattern, methods=methods)(telling(pattern))
    answers = [request(app, line) for line in lines]
    return [(status, headers.get("allow", ABSENT)) for status, _, headers in answers]


def orders(module, header, *lines):
    """The status line of each response, and its body or the header asked for."""
    app = module.App()

    @app.route("/orders/<int:number>", methods=["GET", "DELETE"])
    def order(number):
        return f"order {number!r}"

    answers = [request(app, line) for line in lines]
    return [
        (status, headers.get(header, ABSENT) if header else body)
        for status, body, headers in answers
    ]


def default_methods(module, *lines):
    app = module.App()
    app.route("/hours")(lambda: "from 9 to 5")
    return [request(app, line)[:2] for line in lines]


def replies(module, body, *status):
    """What a handler that returns this body (and status) comes to, with its headers."""
    app = module.App()
    app.route("/page")(lambda: (body, *status) if status else body)
    status_line, got, headers = request(app, "GET /page")
    content = [headers.get(f"content-{name}", ABSENT) for name in ("type", "length")]
    return [status_line, got, *content]


def not_found_headers(module):
    status, body, headers = request(module.App(), "GET /nowhere")
    content = [headers.get(f"content-{name}", ABSENT) for name in ("type", "length")]
    return [status, body, *content, headers.get("allow", ABSENT)]


def failing(module, *lines):
    app = module.App()

    @app.route("/lookup")
    def lookup():
        return {}["dsn=postgres://shop:s3cret@db"]

    @app.route("/share/<int:people>")
    def share(people):
        return str(100 // people)

    @app.route("/validate")
    def validate():
        raise ValueError("row 7 of /srv/shop/prices.csv")

    return [request(app, line)[:2] for line in lines]


def stacked(module, *lines):
    """Two routes on one function, which then is still called by its name."""
    app = module.App()

    @app.route("/home")
    @app.route("/start")
    def greet(name="world"):
        return f"hello {name}"

    @app.route("/hello/<name>")
    def hello(name):
        return greet(name)

    return [request(app, line)[:2] for line in lines]


def called_directly(module, name):
    app = module.App()

    @app.route("/hello/<name>")
    def hello(name):
        return f"hello {name}"

    return hello(name)


def two_apps(module, *lines):
    """The shop knows /cart, the office knows /staff; each line goes to both."""
    shop, office = module.App(), module.App()
    shop.route("/cart")(lambda: "cart")
    office.route("/staff")(lambda: "staff")
    return [(request(shop, line)[0], request(office, line)[0]) for line in lines]
