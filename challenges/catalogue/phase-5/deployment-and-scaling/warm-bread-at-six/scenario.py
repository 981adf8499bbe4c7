"""Reads compose.yaml by its published schema, and follows what Compose would do."""

import json
import re
from importlib import resources

import jsonschema
import yaml

VARIABLE = re.compile(
    r"\$(?:(?P<dollar>\$)|(?P<name>\w+)|\{(?P<inner>\w+)(?:(?P<how>:?[-?])(?P<rest>[^}]*))?\})"
)
# `on-failure` does not start a container again because the engine did.
COMES_BACK = {"always", "unless-stopped"}
SCHEMAS = "check_jsonschema.builtin_schemas.vendor"


def read(text, variables=None):
    try:
        document = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or "this is not YAML"
        raise ArtifactError(problem, line=line) from None
    schema = json.loads(
        resources.files(SCHEMAS).joinpath("compose-spec.json").read_text()
    )
    faults = sorted(
        jsonschema.Draft7Validator(schema).iter_errors(document),
        key=lambda one: list(map(str, one.absolute_path)),
    )
    if faults:
        where = ".".join(map(str, faults[0].absolute_path)) or "the file"
        raise ArtifactError(
            f"{where}: {jsonschema.exceptions.best_match(faults).message}"
        )
    given = {"VERSION": "2.4.1"} if variables is None else variables
    return filled(document, given)


def filled(value, variables):
    if isinstance(value, dict):
        return {key: filled(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [filled(one, variables) for one in value]
    if isinstance(value, str):
        return VARIABLE.sub(lambda found: filling(found, variables), value)
    return value


def filling(found, variables):
    if found["dollar"]:
        return "$"
    how = found["how"] or ""
    value = variables.get(found["name"] or found["inner"])
    is_there = bool(value) if how.startswith(":") else value is not None
    if is_there:
        return value
    if how.endswith("?"):
        return "(nothing: compose refuses to start)"
    return found["rest"] if how.endswith("-") else ""


def service(text, name, variables=None):
    return named(read(text, variables), name)


def named(document, name):
    services = document.get("services") or {}
    if name not in services:
        raise ArtifactError(f"there is no service {name}")
    return services[name]


def image(text, variables):
    """Of the web, with these variables of the server."""
    return service(text, "web", variables).get("image")


def from_outside(text):
    """What another machine can reach: service and port."""
    found = []
    for name, one in sorted((read(text).get("services") or {}).items()):
        for port in one.get("ports", []):
            if isinstance(port, dict):
                address = port.get("host_ip", "")
                published = port.get("published")
            else:
                parts = str(port).split("/")[0].rsplit(":", 2)
                address = parts[0] if len(parts) == 3 else ""
                published = parts[-2] if len(parts) > 1 else "some"
            if address not in {"127.0.0.1", "localhost", "[::1]", "::1"}:
                found.append(f"{name}:{published}")
        if one.get("network_mode") == "host":
            found.append(f"{name}:all")
    return found


def from_this_machine(text):
    """Where the proxy of the server finds the web: address and port in the container."""
    found = []
    for port in service(text, "web").get("ports", []):
        if isinstance(port, dict):
            address = port.get("host_ip", "0.0.0.0")
            found.append(f"{address}:{port.get('published')}->{port['target']}")
        else:
            outer, _, inner = str(port).split("/")[0].rpartition(":")
            address, _, published = outer.rpartition(":")
            found.append(f"{address or '0.0.0.0'}:{published}->{inner}")
    return found


def awaited(text):
    """For each service, the state in which the others are when it starts."""
    document = read(text)
    return {name: states(document, name) for name in sorted(document["services"])}


def states(document, name):
    asked = named(document, name).get("depends_on", {})
    if isinstance(asked, list):
        asked = {one: {} for one in asked}
    found = {}
    for other, how in asked.items():
        state = how.get("condition", "service_started").removeprefix("service_")
        if state == "healthy" and not check_of(document, other):
            state = "never: it has no check"
        found[other] = state
        if state == "completed_successfully":
            found = states(document, other) | found
    return dict(sorted(found.items()))


def checked(text, name):
    """The command that tells whether it is healthy; None without one."""
    return check_of(read(text), name)


def check_of(document, name):
    check = named(document, name).get("healthcheck") or {}
    test = check.get("test")
    if check.get("disable") or not test or test == ["NONE"]:
        return None
    words = test.split() if isinstance(test, str) else " ".join(test[1:]).split()
    return words[0]


def after_reboot(text):
    services = read(text).get("services") or {}
    return sorted(n for n, one in services.items() if one.get("restart") in COMES_BACK)


def runs(text, name):
    """The command, as words; the image's own where there is none."""
    command = service(text, name).get("command")
    return command.split() if isinstance(command, str) else command


def same_image(text):
    document = read(text)
    return named(document, "web").get("image") == named(document, "migrate").get(
        "image"
    )


def kept(text):
    """What is at these paths in the containers that a new version brings."""
    document = read(text)
    asked = (
        ("db", "/var/lib/postgresql/data/base"),
        ("web", "/srv/uploads/cake.jpg"),
        ("web", "/srv/bakery/app.py"),
    )
    return {path: mounted(document, name, path) for name, path in asked}


def mounted(document, name, path):
    best = ("", "of the image")
    for mount in named(document, name).get("volumes", []):
        if isinstance(mount, dict):
            source, target = mount.get("source", ""), mount["target"]
        else:
            parts = mount.split(":")
            source, target = (parts[0], parts[1]) if len(parts) > 1 else ("", parts[0])
        inside = path == target or path.startswith(target.rstrip("/") + "/")
        if inside and len(target) > len(best[0]):
            best = (target, kind_of(document, source))
    return best[1]


def kind_of(document, source):
    if not source:
        return "a volume without a name"
    if source.startswith((".", "/", "~")):
        return "a folder of the server"
    if source not in (document.get("volumes") or {}):
        raise ArtifactError(f"undefined volume {source}")
    return "a volume"


def shown_by_inspect(text):
    """The values in the environment that whoever lists the containers can read."""
    found = set()
    for one in (read(text).get("services") or {}).values():
        for name, value in environment(one).items():
            is_secret = re.search(r"PASSWORD|SECRET|TOKEN|KEY", name)
            if is_secret and not name.endswith("_FILE"):
                found.add(name)
            if re.search(r"://[^:/@]+:[^@/]+@", str(value)):
                found.add(name)
    return sorted(found)


def environment(one):
    given = one.get("environment") or {}
    if isinstance(given, list):
        return dict(word.partition("=")[::2] for word in given)
    return given


def handed_over(text):
    """The secrets that each service finds as files, and where the server keeps them."""
    document = read(text)
    known = document.get("secrets") or {}
    return {
        name: files_of(one, known)
        for name, one in sorted((document.get("services") or {}).items())
    }


def files_of(service, known):
    found = {}
    for one in service.get("secrets", []):
        source = one if isinstance(one, str) else one["source"]
        target = source if isinstance(one, str) else one.get("target", source)
        if source not in known:
            raise ArtifactError(f"undefined secret {source}")
        place = target if target.startswith("/") else f"/run/secrets/{target}"
        found[place] = "a file of the server" if "file" in known[source] else "other"
    return found


def password_of_the_database(text):
    """Where Postgres reads it."""
    return environment(service(text, "db")).get("POSTGRES_PASSWORD_FILE")


def seconds_to_stop(text):
    word = str(service(text, "web").get("stop_grace_period", "10s"))
    found = re.fullmatch(r"(?:(\d+)m)?(?:(\d+)s)?", word)
    if not found or not word:
        raise ArtifactError(f"stop_grace_period: no length of time: {word}")
    seconds = 60 * int(found[1] or 0) + int(found[2] or 0)
    return "enough" if seconds >= 25 else f"{seconds} s"
