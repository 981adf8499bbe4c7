"""Days in the hospital's collector, each group with its own sort of line."""

import json
import random
from collections.abc import Callable, Iterator

Line = tuple[str, str]
ACCESS, ERROR, AUDIT, EVENT, SYSTEM = "access", "error", "audit", "event", "system"
PATHS = ("/citas", "/citas/nueva", "/recetas/481", "/static/app.css", "/login", "/salud")
ODD_PATHS = ("/error", "/ayuda/error-404", "/login?error=1", "/audit/export", "/citas?sudo=1")
AGENTS = ("Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0 (iPhone)", "curl/8.5.0")
PEOPLE = ("mgarcia", "drlopez", "anaruiz", "enfermeria2", "jcampos")
FAULTS = (
    "no answer from the laboratory after 3000 ms",
    "cannot render template citas/lista.html",
    "connection refused by 10.0.4.12:5432",
    "KeyError: 'centro'",
)
FACTS = (
    "appointment created for 2026-04-02",
    "reminder sent by SMS",
    "prescription renewed",
    "waiting list moved up",
)
MISLEADING = (
    "appointment cancelled, reason: booked in error",
    "survey answered: 'the login failed twice'",
    "leaflet sent: actor and action in therapy",
    "ticket closed: ERROR on the printer of room 4",
    "course booked: sudo and sshd for beginners",
    "request noted: GET well soon card",
)
MACHINE = (
    "kernel: Out of memory: Killed process 1411 (python3)",
    "systemd[1]: citas.service: Failed with result 'exit-code'.",
    "CRON[991]: (root) CMD (/usr/local/bin/backup)",
    "systemd[1]: Started Daily apt upgrade and clean activities.",
    "systemd-logind[611]: Power key pressed short.",
)


class Collector:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.day = rng.randint(1, 28)

    def clock(self) -> str:
        r = self.rng
        return f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}"

    def served(self, status: int | None = None, paths: tuple[str, ...] = PATHS) -> Line:
        r = self.rng
        status = status or r.choice((200, 200, 200, 304, 302))
        network = r.choice(("192.0.2", "198.51.100", "203.0.113"))
        where = f"{network}.{r.randint(1, 254)}"
        verb = r.choice(("GET", "GET", "POST"))
        text = (
            f"{where} - {r.choice(('-', *PEOPLE))} [{self.day:02}/Mar/2026:{self.clock()} +0100] "
            f'"{verb} {r.choice(paths)} HTTP/1.1" {status} {r.randint(90, 48000)} '
            f'"-" "{r.choice(AGENTS)}"'
        )
        return text, ACCESS

    def plain(self, level: str, message: str, kind: str) -> Line:
        logger = self.rng.choice(("citas.agenda", "citas.pagos", "citas.avisos"))
        millis = self.rng.randint(0, 999)
        return f"2026-03-{self.day:02} {self.clock()},{millis:03} {level} {logger}: {message}", kind

    def fields(self, kind: str, mixed: bool, **fields: object) -> Line:
        record = {"ts": f"2026-03-{self.day:02}T{self.clock()}Z", **fields}
        keys = list(record)
        if mixed:
            self.rng.shuffle(keys)
        parts = self.rng.choice(((",", ":"), (", ", ": "))) if mixed else (", ", ": ")
        return json.dumps({key: record[key] for key in keys}, separators=parts), kind

    def fault(self) -> Line:
        return self.plain(self.rng.choice(("ERROR", "CRITICAL")), self.rng.choice(FAULTS), ERROR)

    def fact(self, messages: tuple[str, ...] = FACTS) -> Line:
        level = self.rng.choice(("INFO", "INFO", "WARNING", "DEBUG"))
        return self.plain(level, self.rng.choice(messages), EVENT)

    def json_fault(self, mixed: bool = False) -> Line:
        level = self.rng.choice(("error", "critical"))
        return self.fields(ERROR, mixed, level=level, logger="recetas", message=self.rng.choice(FAULTS))

    def json_fact(self, messages: tuple[str, ...] = FACTS, mixed: bool = False) -> Line:
        level = self.rng.choice(("info", "debug", "warning"))
        return self.fields(EVENT, mixed, level=level, logger="recetas", message=self.rng.choice(messages))

    def deed(self, level: str | None = None, mixed: bool = False) -> Line:
        r = self.rng
        allowed = r.random() < 0.5
        return self.fields(
            AUDIT, mixed,
            level=level or ("info" if allowed else "error"),
            actor=r.choice(PEOPLE), action=r.choice(("read", "sign", "export")),
            object=f"patient/{r.randint(1000, 9999)}", allowed=allowed,
        )

    def machine(self, text: str, kind: str) -> Line:
        host = self.rng.choice(("web-1", "web-2", "db-1"))
        return f"Mar {self.day:2} {self.clock()} {host} {text}", kind

    def guard(self) -> Line:
        r = self.rng
        who, pid = r.choice(PEOPLE), r.randint(300, 9000)
        return self.machine(
            r.choice((
                f"sshd[{pid}]: Failed password for root from 198.51.100.{r.randint(1, 99)} port 4022 ssh2",
                f"sshd[{pid}]: Accepted publickey for {who} from 10.0.0.7 port 51514 ssh2",
                f"sudo: {who} : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/cat /var/log/syslog",
                f"su[{pid}]: FAILED SU (to root) {who} on pts/1",
            )),
            AUDIT,
        )

    def chore(self) -> Line:
        return self.machine(self.rng.choice(MACHINE), SYSTEM)


def case(
    group: str, rng: random.Random, lines: list[Line], metric: str, mark: float
) -> dict[str, object]:
    rng.shuffle(lines)
    return {
        "group": group,
        "call": f"kinds({[text for text, _ in lines]!r})",
        "returns": repr([kind for _, kind in lines]),
        "checker": {"name": "metric", "metric": metric, "at_least": mark},
    }


def times(count: int, make: Callable[..., Line], *args: object) -> list[Line]:
    return [make(*args) for _ in range(count)]


def cases(rng: random.Random) -> Iterator[dict[str, object]]:
    c = Collector(rng)
    bad = [
        c.served(status, (path,))
        for status in (500, 502, 503, 404, 401)
        for path in ODD_PATHS
    ]
    yield case("requests", rng, [*bad, *times(10, c.served)], "accuracy", 0.97)

    tricky = [c.fact((text,)) for text in MISLEADING * 2]
    tricky += [c.json_fact((text,)) for text in MISLEADING * 2]
    disk = "kernel: EXT4-fs error (device sda1): audit backlog limit exceeded"
    tricky += times(3, c.machine, disk, SYSTEM)
    quiet = (*times(6, c.fact), *times(6, c.json_fact))
    yield case("words", rng, [*tricky, *quiet], "accuracy", 0.97)

    deeds = [*times(10, c.deed), *times(8, c.deed, "error"), *times(14, c.guard)]
    yield case("audit", rng, [*deeds, *times(8, c.chore)], "accuracy", 0.97)

    mixed = [*times(12, c.json_fault, True), *times(12, c.json_fact, FACTS, True)]
    mixed += [*times(8, c.deed, "info", True), *times(8, c.deed, "warning", True)]
    yield case("json", rng, mixed, "accuracy", 0.97)

    day = [*times(260, c.served), *times(12, c.served, 500), *times(20, c.fact)]
    day += times(40, c.served, 404, ("/error", "/ayuda/error-404"))
    day += [*times(20, c.json_fact), *times(5, c.fault), *times(4, c.json_fault)]
    day += [*times(6, c.guard), *times(6, c.deed, "error"), *times(12, c.chore)]
    yield case("day", rng, day, "macro_f1", 0.95)
