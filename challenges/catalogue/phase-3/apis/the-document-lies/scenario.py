"""Clients of the club's API, and a reader of its document."""

import re

from fastapi.testclient import TestClient

PHONE = "294 555 0110"
BOOKING = {"kayak": 7, "day": "2026-12-05", "name": "Malén", "phone": PHONE}


def client_of(module):
    """Of a new application; its own faults are told as the status 500."""
    return TestClient(module.create_app(), raise_server_exceptions=False)


def send(module, *requests):
    client = client_of(module)
    replies = [client.request(m, path, json=b[0] if b else None) for m, path, *b in requests]
    return [(reply.status_code, body_of(reply)) for reply in replies]


def body_of(reply):
    """Its JSON; its text where it is something else."""
    try:
        return reply.json()
    except ValueError:
        return reply.text


def play(client, steps):
    """Replies to steps like 'POST 7 2026-12-05', 'GET 1', 'DELETE 1'."""
    for step in steps:
        method, number, *day = step.split()
        if method == "POST":
            body = BOOKING | {"kayak": int(number), "day": day[0]}
            yield client.post("/bookings", json=body)
        else:
            yield client.request(method, f"/bookings/{number}")


def statuses(module, *steps):
    return [reply.status_code for reply in play(client_of(module), steps)]


def booked(module, *steps):
    """The statuses of the bookings alone."""
    replies = play(client_of(module), steps)
    return [reply.status_code for reply in replies if reply.request.method == "POST"]


def numbers(module, *steps):
    """The ids of those that were created."""
    replies = play(client_of(module), steps)
    return [body_of(reply).get("id") for reply in replies if reply.status_code == 201]


def listed(module, posts, query):
    client = client_of(module)
    for _ in play(client, posts):
        pass
    reply = client.get(f"/bookings{query}")
    found = body_of(reply)
    if not isinstance(found, list):
        return [reply.status_code, found]
    return [f"{one['kayak']} {one['day']}" for one in found]


def refused(module, *changes):
    """The statuses for bookings that differ in so much from a good one.

    None takes a field away.
    """
    found = []
    for change in changes:
        body = {k: v for k, v in (BOOKING | change).items() if v is not None}
        found.append(client_of(module).post("/bookings", json=body).status_code)
    return found


def addresses(module, *paths):
    client = client_of(module)
    return [client.get(path).status_code for path in paths]


def telephones(module):
    client = client_of(module)
    replies = [
        client.post("/bookings", json=BOOKING),
        client.get("/bookings/1"),
        client.get("/bookings?day=2026-12-05"),
    ]
    return ["seen" if PHONE in reply.text else "not seen" for reply in replies]


def location_and_empty_body(module):
    client = client_of(module)
    location = client.post("/bookings", json=BOOKING).headers.get("Location", "")
    path = re.sub(r"^https?://[^/]+", "", location)
    return [path, client.get(path).status_code, client.delete(path).text]


def in_another_application(module):
    """One that is booked in; then what another knows of it, and what it numbers from."""
    first, second = client_of(module), client_of(module)
    booked = first.post("/bookings", json=BOOKING)
    seen = second.get("/bookings/1")
    again = second.post("/bookings", json=BOOKING)
    return [
        booked.status_code,
        seen.status_code,
        again.status_code,
        body_of(again).get("id") if again.status_code == 201 else None,
    ]


def document(module):
    return client_of(module).get("/openapi.json").json()


def title(module):
    info = document(module)["info"]
    return [info["title"], info["version"]]


def operations(described):
    """Each by method and path, whatever the path's parameter is called."""
    return {
        f"{method.upper()} {re.sub(r'{[^}]*}', '{}', path)}": operation
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    }


def documented_statuses(module):
    """Of the four operations; the 422 is left out, which is declared by itself."""
    found = operations(document(module))
    names = ("POST /bookings", "GET /bookings", "GET /bookings/{}", "DELETE /bookings/{}")
    told = {"200", "201", "202", "204", "404", "409"}
    return {
        name: sorted(told & set(found.get(name, {}).get("responses", {})))
        for name in names
    }


def documented_fields(module):
    described = document(module)
    created = operations(described).get("POST /bookings", {}).get("responses", {})
    reply = created.get("201") or created.get("200") or {}
    return sorted(schema_in(described, reply).get("properties", {}))


def schema_in(described, holder):
    """Of a body; empty where the document says nothing of it."""
    content = holder.get("content", {}).get("application/json", {})
    return resolved(described, content.get("schema", {}))


def resolved(described, schema):
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = described["components"]["schemas"][name]
    return schema


def documented_bounds(module):
    described = document(module)
    found = operations(described)
    taken = found.get("POST /bookings", {}).get("requestBody", {})
    body = schema_in(described, taken)
    fields = body.get("properties", {})
    parameters = found.get("GET /bookings", {}).get("parameters", [])
    limit = next((p["schema"] for p in parameters if p["name"] == "limit"), {})
    name = fields.get("name", {})
    return {
        "kayak": between(resolved(described, fields.get("kayak", {}))),
        "name": [name.get("minLength"), name.get("maxLength")],
        "limit": between(limit),
        "limit when not given": limit.get("default"),
    }


def between(schema):
    """The lowest and the highest whole number that a schema lets in."""
    if "enum" in schema:
        return [min(schema["enum"]), max(schema["enum"])]
    lowest, highest = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        lowest = schema["exclusiveMinimum"] + 1
    if "exclusiveMaximum" in schema:
        highest = schema["exclusiveMaximum"] - 1
    # FastAPI writes the bounds of a body as 1.0 and those of an address as 1.
    return [None if bound is None else int(bound) for bound in (lowest, highest)]
