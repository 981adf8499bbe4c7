"""A small browser on 127.0.0.1 that speaks W3C WebDriver, showing one portal.

The real selenium client drives it. It has no JavaScript, and its pages are those of
`Portal`; what a page shows may take a while to come, as in any browser. It knows CSS
selectors and link texts. Elements are gone (stale) once the page has shown others.
"""

import json
import threading
import time
from contextlib import contextmanager, suppress
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bs4 import BeautifulSoup
from selenium import webdriver

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
BANNER = '<div id="cookies">Usamos cookies. <button id="accept">Aceptar</button></div>'
FORM = """<form><input name="user"><input name="password" type="password">
<button type="submit">Entrar</button></form>"""
USER, PASSWORD = "obras@solnorte.example", "desierto-7"


def permits(module, pages, options=None):
    """What the member's function returns, or what it raises, in words."""
    portal = Portal(pages, **(options or {}))
    with driver_of(portal) as driver:
        return told(module, driver, portal)


def left_behind(module, pages, options=None):
    """How often somebody entered, and how many of their sessions are still open."""
    portal = Portal(pages, **(options or {}))
    with driver_of(portal) as driver:
        with suppress(Exception):  # what it raises is asked elsewhere
            told(module, driver, portal)
        return [portal.entered, portal.entered - portal.left]


def told(module, driver, portal):
    password = portal.options.get("typed", PASSWORD)
    expected = getattr(module, "PortalError", None)
    if not (isinstance(expected, type) and issubclass(expected, Exception)):
        return "no exception PortalError"
    try:
        return module.granted_permits(driver, portal.url, USER, password)
    except expected as error:
        return f"PortalError: {error}"


class Portal:
    """What the municipality's server and its pages do. `slow` holds the seconds that
    each list takes to come."""

    url = "https://permisos.puertoclaro.example/"

    def __init__(self, pages, *, banner=False, slow=(), down=None, typed=PASSWORD):
        self.pages, self.slow, self.down = pages, list(slow), down
        self.options = {"typed": typed}
        self.banner, self.entered, self.left = banner, 0, 0
        self.view, self.due = "", None
        self.document = BeautifulSoup("", "html.parser")
        self.typed = {}

    def show(self, body):
        banner = BANNER if self.banner else ""
        page = f"<html><head><title>Permisos de obra</title></head><body>{banner}{body}</body></html>"
        self.document = BeautifulSoup(page, "html.parser")
        self.typed = {}

    def settle(self):
        """Shows what was on its way and has come."""
        if self.due and time.monotonic() >= self.due[0]:
            body = self.due[1]
            self.due = None
            self.show(body)

    def open(self):
        self.due = None
        self.show(FORM)

    def enter(self):
        if (self.typed.get("user"), self.typed.get("password")) != (USER, PASSWORD):
            self.show(FORM + '<p class="error">Usuario o clave incorrectos</p>')
            return
        self.entered += 1
        self.show(self.framed("<p>Cargando…</p>"))
        self.bring(0)

    def framed(self, body):
        return f'<a id="logout" href="#">Salir</a>{body}'

    def bring(self, number):
        delay = self.slow[number] if number < len(self.slow) else 0
        self.due = (time.monotonic() + delay, self.framed(self.list_of(number)))
        self.number = number
        self.settle()

    def list_of(self, number):
        if self.down:
            return f'<p class="error">{escape(self.down)}</p>'
        cells = ("number", "state", "address")
        rows = "".join(
            "<tr>"
            + "".join(f'<td class="{c}">{escape(v)}</td>' for c, v in zip(cells, row))
            + "</tr>"
            for row in self.pages[number]
        )
        last = " disabled" if number == len(self.pages) - 1 else ""
        return (
            f'<table id="permits"><tbody>{rows}</tbody></table>'
            f'<p>Página <span id="page">{number + 1}</span> de {len(self.pages)}</p>'
            f'<button id="next"{last}>Siguiente</button>'
        )

    def click(self, element):
        if self.banner and not element.find_parent(id="cookies"):
            raise Refused("element click intercepted", "the cookie banner is on top")
        if element.get("id") == "accept":
            self.banner = False
            element.find_parent(id="cookies").decompose()
        elif element.has_attr("disabled"):
            return
        elif element.get("type") == "submit":
            self.enter()
        elif element.get("id") == "next" and not self.due:
            self.bring(self.number + 1)
        elif element.get("id") == "logout":
            self.left += 1
            self.open()

    def type(self, element, text):
        if element.name != "input":
            raise Refused("element not interactable", "only inputs take text")
        keys = text.rstrip("\n\ue006\ue007")
        name = element["name"]
        self.typed[name] = self.typed.get(name, "") + keys
        if keys != text:
            self.enter()


class Refused(Exception):
    """An error of the protocol, by its W3C name."""


class Browser:
    """The commands of WebDriver: each method is one, by what follows the session."""

    def __init__(self, portal):
        self.portal, self.elements, self.implicit = portal, {}, 0.0
        self.shown = False

    def run(self, method, path, body):
        self.portal.settle()
        match (method, *path):
            case ("POST", "url"):
                if not body["url"].startswith(self.portal.url.rstrip("/")):
                    raise Refused("unknown error", f"cannot reach {body['url']}")
                self.shown = True
                return self.portal.open()
            case ("GET", "url"):
                return self.portal.url if self.shown else "about:blank"
            case ("POST", "refresh"):
                return self.portal.open()
            case ("GET", "title"):
                title = self.portal.document.title
                return title.get_text() if title else ""
            case ("GET", "source"):
                return str(self.portal.document)
            case ("POST", "timeouts"):
                self.implicit = (body.get("implicit") or 0) / 1000
                return None
            case ("GET", "timeouts"):
                return {"implicit": int(self.implicit * 1000)}
            case ("GET", "window"):
                return "the-window"
            case ("GET", "cookie"):
                return []
            case ("POST", "window", "maximize" | "rect"):
                return {"x": 0, "y": 0, "width": 1280, "height": 800}
            case ("POST", "element"):
                return self.found(body, None)[0]
            case ("POST", "elements"):
                return self.found(body, None, least=0)
            case ("POST", "element", key, "element"):
                return self.found(body, key)[0]
            case ("POST", "element", key, "elements"):
                return self.found(body, key, least=0)
            case ("POST", "execute", _):
                return self.atom(body["script"], body["args"])
            case (_, "element", key, *rest):
                return self.on_element(self.element(key), method, rest, body)
        raise Refused("unknown command", f"{method} {'/'.join(path)}")

    def on_element(self, element, method, rest, body):
        match (method, *rest):
            case ("POST", "click"):
                return self.portal.click(element)
            case ("POST", "value"):
                return self.portal.type(element, body["text"])
            case ("POST", "clear"):
                self.portal.typed.pop(element.get("name"), None)
                return None
            case ("GET", "text"):
                return " ".join(element.get_text(" ").split())
            case ("GET", "name"):
                return element.name
            case ("GET", "enabled"):
                return not element.has_attr("disabled")
            case ("GET", "displayed"):
                return True
            case ("GET", "selected"):
                return False
            case ("GET", "attribute" | "property", name):
                return self.attribute(element, name)
        raise Refused("unknown command", "/".join(rest))

    def atom(self, script, args):
        """The three scripts that selenium itself sends; there is no JavaScript."""
        if not args or not isinstance(args[0], dict):
            raise Refused("javascript error", "this browser runs no JavaScript")
        element = self.element(args[0].get(ELEMENT))
        if script.startswith("/* getAttribute */"):
            return self.attribute(element, args[1])
        if script.startswith("/* isDisplayed */"):
            return True
        if script.startswith("/* submitForm */"):
            return self.portal.enter()
        raise Refused("javascript error", "this browser runs no JavaScript")

    def attribute(self, element, name):
        if name == "value" and element.name == "input":
            return self.portal.typed.get(element["name"], "")
        if name in {"textContent", "innerText"}:
            return element.get_text()
        value = element.get(name)
        if name in {"disabled", "checked"}:
            return None if value is None else "true"
        return " ".join(value) if isinstance(value, list) else value

    def element(self, key):
        element = self.elements.get(key)
        if element is None:
            raise Refused("no such element", "unknown reference")
        if self.portal.document not in element.parents:
            raise Refused("stale element reference", "the page shows others by now")
        return element

    def found(self, body, key, least=1):
        deadline = time.monotonic() + self.implicit
        while True:
            self.portal.settle()
            inside = self.portal.document if key is None else self.element(key)
            elements = self.matching(inside, body["using"], body["value"])
            if elements:
                return [self.reference(one) for one in elements]
            if time.monotonic() >= deadline:
                break
            time.sleep(0.02)
        if least:
            raise Refused("no such element", f"none matches {body['value']}")
        return []

    def matching(self, inside, using, value):
        if using == "css selector":
            try:
                return inside.select(value)
            except Exception as error:
                raise Refused("invalid selector", str(error)) from None
        if using == "tag name":
            return inside.find_all(value)
        if using in {"link text", "partial link text"}:
            whole = using == "link text"
            return [
                link
                for link in inside.find_all("a")
                for text in [" ".join(link.get_text().split())]
                if (text == value if whole else value in text)
            ]
        raise Refused("invalid selector", "this browser knows CSS and link texts")

    def reference(self, element):
        for key, known in self.elements.items():
            if known is element:
                return {ELEMENT: key}
        key = f"e{len(self.elements)}"
        self.elements[key] = element
        return {ELEMENT: key}


def handler_of(browser):
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self):
            size = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(size) or b"{}")
            status, value = 200, None
            path = [part for part in self.path.split("/") if part][1:]
            try:
                with turn:
                    value = self.value(path, body)
            except Refused as error:
                name, message = error.args
                status = 404 if name.startswith(("no such", "stale")) else 400
                value = {"error": name, "message": message, "stacktrace": ""}
            self.answer(status, json.dumps({"value": value}).encode())

        def value(self, path, body):
            if not path:
                capabilities = {"browserName": "firefox", "pageLoadStrategy": "normal"}
                return {"sessionId": "one", "capabilities": capabilities}
            if len(path) == 1:
                return None
            return browser.run(self.command, path[1:], body)

        def answer(self, status, content):
            head = (
                f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(content)}\r\n\r\n"
            )
            self.wfile.write(head.encode() + content)

        do_GET = do_POST = do_DELETE = serve

        def log_message(self, *args):
            pass

    return Handler


@contextmanager
def driver_of(portal):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(Browser(portal)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    driver = webdriver.Remote(
        command_executor=f"http://127.0.0.1:{server.server_port}",
        options=webdriver.FirefoxOptions(),
    )
    try:
        yield driver
    finally:
        server.shutdown()
