"""A small Elasticsearch: it indexes by the mapping, and answers by the inverted index.

The body is read by the real client's DSL too (with the examples: to load it takes a
while). What this interpreter does not simulate it refuses by name, and never guesses.
"""

import json
import re
from datetime import datetime, timedelta, timezone

NUMBERS = set("long integer short byte double float half_float".split())
TEXTS = {"text", "match_only_text"}
KEYWORDS = {"keyword", "wildcard"}
WHOLE = {"long", "integer", "short", "byte"}


def read_by_the_client(text, documents):
    """What the official client makes of it, and then `found`."""
    from elasticsearch.dsl import Mapping, Search
    from elasticsearch.dsl.exceptions import UnknownDslObject

    body = read(text)
    try:
        Search.from_dict(body["search"])
        Mapping()._update_from_dict(body["mappings"])
    except UnknownDslObject as error:
        raise ArtifactError(error) from None
    except Exception as error:
        raise ArtifactError(f"not a body of Elasticsearch: {error}") from None
    return found(text, documents)


def found(text, documents):
    """The ids that the search returns, in its order."""
    body = read(text)
    index = filled(body["mappings"], documents)
    return hits(index, body["search"])


def growth(text, documents):
    """The fields that indexing has added to the mapping, and the ids refused."""
    index = filled(read(text)["mappings"], documents)
    added = sorted(set(index.types) - index.declared)
    return [len(added), added[:3], index.refused]


def found_by(text, field, value, documents):
    """What somebody else's search for one exact value returns."""
    index = filled(read(text)["mappings"], documents)
    return hits(index, {"query": {"term": {field: value}}, "size": 100})


def read(text):
    try:
        body = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise ArtifactError(f"not JSON: {error}", line=line) from None
    if not isinstance(body, dict):
        raise ArtifactError("an object with `mappings` and `search` is due")
    for key in ("mappings", "search"):
        if not isinstance(body.get(key), dict):
            raise ArtifactError(f"`{key}` must be an object")
    known = {"query", "sort", "size", "from", "_source", "track_total_hits", "fields"}
    for key in set(body["search"]) - known:
        raise ArtifactError(f"`{key}` in the search is not simulated here")
    return body


# Indexing


class Refused(Exception):
    """A document does not fit the mapping."""


def filled(mappings, documents):
    index = Index(mappings)
    for name, document in documents:
        index.add(name, document)
    return index


class Index:
    def __init__(self, mappings):
        self.types = {}
        self.settings = {}
        self.copies = {}
        self.dynamic = {"": policy(mappings.get("dynamic", True))}
        self.declare("", mappings.get("properties", {}))
        self.declared = set(self.types)
        self.documents = {}
        self.refused = []

    def declare(self, above, properties):
        for name, field in properties.items():
            path = f"{above}{name}"
            kind = field.get("type", "object")
            if kind not in TEXTS | KEYWORDS | NUMBERS | {
                "date",
                "boolean",
                "object",
                "flattened",
            }:
                raise ArtifactError(f"field type `{kind}` is not simulated here")
            self.types[path] = kind
            self.settings[path] = field
            if "dynamic" in field:
                self.dynamic[path] = policy(field["dynamic"])
            self.declare(f"{path}.", field.get("properties", {}))
            self.copies[path] = [f"{path}.{copy}" for copy in field.get("fields", {})]
            self.declare(f"{path}.", field.get("fields", {}))

    def add(self, name, document):
        values = {}
        before = dict(self.types), dict(self.settings), dict(self.copies)
        try:
            self.walk("", document, values)
        except Refused:
            self.types, self.settings, self.copies = before
            self.refused.append(name)
        else:
            self.documents[name] = values

    def walk(self, above, part, values):
        for key, value in part.items():
            path = f"{above}{key}"
            if path not in self.types:
                self.meet(path, above.rstrip("."), value)
            kind = self.types.get(path)
            if kind is None or value is None:
                continue
            if kind == "flattened":
                flatten(path, value, values)
            elif kind == "object":
                if self.settings[path].get("enabled", True):
                    if not isinstance(value, dict):
                        raise Refused(path)
                    self.walk(f"{path}.", value, values)
            else:
                for field in (path, *self.copies.get(path, ())):
                    for one in value if isinstance(value, list) else [value]:
                        terms = self.terms(field, one)
                        values.setdefault(field, []).extend(terms)

    def meet(self, path, above, value):
        """A field that the mapping does not name."""
        rule = self.rule(above)
        if rule == "strict":
            raise Refused(path)
        if rule == "true" and value is not None:
            self.declare("", {path: guessed(value)})

    def rule(self, above):
        while above not in self.dynamic:
            above = above.rpartition(".")[0]
        return self.dynamic[above]

    def terms(self, path, value):
        kind, settings = self.types[path], self.settings[path]
        if isinstance(value, dict):
            raise Refused(path)
        if settings.get("index") is False:
            return []
        if kind in TEXTS:
            return words(shown(value), settings.get("analyzer", "standard"))
        if kind in KEYWORDS:
            text = normal(shown(value), settings)
            return [text] if len(text) <= settings.get("ignore_above", 2**31) else []
        try:
            if kind == "date":
                return [moment(value)]
            if kind == "boolean":
                return [{"true": True, "false": False, "": False}[shown(value)]]
            return [int(float(value)) if kind in WHOLE else float(value)]
        except (ValueError, TypeError, KeyError):
            raise Refused(path) from None


def policy(value):
    text = shown(value)
    if text not in {"true", "false", "strict"}:
        raise ArtifactError(f"`dynamic: {text}` is not simulated here")
    return text


def guessed(value):
    """The type that a value makes of a field nobody has mapped."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        return {"type": "object"}
    if isinstance(value, bool):
        return {"type": "boolean"}
    if isinstance(value, int | float):
        return {"type": "long" if isinstance(value, int) else "float"}
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", str(value)):
        return {"type": "date"}
    return {"type": "text", "fields": {"keyword": {"type": "keyword"}}}


def flatten(path, value, values):
    """Each leaf is a keyword of its own key, and of the whole."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            for key, inner in one.items():
                flatten(f"{path}.{key}", inner, values)
        elif one is not None:
            values.setdefault(path, []).append(shown(one))


def words(text, analyzer):
    if analyzer == "keyword":
        return [text]
    if analyzer == "whitespace":
        return text.split()
    if analyzer in {"standard", "simple"}:
        return re.findall(
            r"\w+" if analyzer == "standard" else r"[^\W\d]+", text.lower()
        )
    raise ArtifactError(f"analyzer `{analyzer}` is not simulated here")


def normal(text, settings):
    return text.lower() if settings.get("normalizer") == "lowercase" else text


def shown(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def moment(value, zone=None, end=False):
    """Milliseconds since 1970; `end` fills what is missing up to the last instant."""
    if isinstance(value, int | float):
        return int(value)
    text = str(value)
    if "||" in text or text.startswith("now"):
        raise ArtifactError("date arithmetic is not simulated here: write the instant")
    if end and (
        missing := re.fullmatch(r"(\d{4}-\d\d-\d\d)(T\d\d)?(:\d\d)?(:\d\d)?", text)
    ):
        day, hour, minute, second = missing.groups()
        text = day + (hour or "T23") + (minute or ":59") + (second or ":59") + ".999"
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=zone or timezone.utc)
    return (at - datetime(1970, 1, 1, tzinfo=timezone.utc)) // timedelta(milliseconds=1)


# Searching


def hits(index, search):
    matches = predicate(index, search.get("query", {"match_all": {}}))
    names = [name for name, values in index.documents.items() if matches(values)]
    for field, order in reversed(sort_keys(search.get("sort", []))):
        if field in {"_score", "_doc"}:
            continue
        kind = index.types.get(field)
        if kind is None:
            raise ArtifactError(f"No mapping found for [{field}] in order to sort on")
        if kind in TEXTS:
            raise ArtifactError(
                f"Fielddata is disabled on [{field}]: text is not sorted"
            )
        has = [name for name in names if index.documents[name].get(field)]
        lacks = [name for name in names if not index.documents[name].get(field)]
        least = max if order == "desc" else min
        has.sort(
            key=lambda name: least(index.documents[name][field]),
            reverse=order == "desc",
        )
        names = has + lacks
    first = search.get("from", 0)
    return names[first : first + search.get("size", 10)]


def sort_keys(sort):
    found = []
    for one in sort if isinstance(sort, list) else [sort]:
        pairs = one.items() if isinstance(one, dict) else [(one, "asc")]
        for field, how in pairs:
            order = how.get("order", "asc") if isinstance(how, dict) else how
            if order not in {"asc", "desc"}:
                raise ArtifactError(f"sort order `{order}`")
            found.append((field, order))
    return found


def predicate(index, query):
    """A function of a document's terms."""
    if not isinstance(query, dict) or len(query) != 1:
        raise ArtifactError("a query is an object of one key, its name")
    ((name, body),) = query.items()
    if not isinstance(body, dict):
        raise ArtifactError(f"[{name}] query malformed: an object is due")
    known = {
        "bool": bool_query,
        "match_all": lambda index, body: lambda values: True,
        "term": term_query,
        "terms": terms_query,
        "match": match_query,
        "match_phrase": phrase_query,
        "range": range_query,
        "exists": exists_query,
    }
    if name not in known:
        raise ArtifactError(f"query `{name}` is not simulated here")
    return known[name](index, body)


def bool_query(index, body):
    parts = {"must": [], "filter": [], "should": [], "must_not": []}
    for key, value in body.items():
        if key in parts:
            several = value if isinstance(value, list) else [value]
            parts[key] = [predicate(index, one) for one in several]
        elif key not in {"minimum_should_match", "boost"}:
            raise ArtifactError(f"[bool] query does not support [{key}]")
    required = parts["must"] + parts["filter"]
    least = body.get(
        "minimum_should_match", int(bool(parts["should"] and not required))
    )
    if type(least) is not int:
        raise ArtifactError("`minimum_should_match` must be a whole number here")
    return lambda values: (
        all(one(values) for one in required)
        and not any(one(values) for one in parts["must_not"])
        and sum(one(values) for one in parts["should"]) >= least
    )


def only(body, name):
    pairs = [(key, value) for key, value in body.items() if key != "boost"]
    if len(pairs) != 1:
        raise ArtifactError(f"[{name}] query wants one field")
    return pairs[0]


def exact(index, field, value):
    """A term as the index holds it; what is not analysed is taken as it is."""
    kind = index.types.get(field)
    if kind in TEXTS:
        return shown(value)
    if kind in KEYWORDS:
        return normal(shown(value), index.settings[field])
    if kind is None or kind in {"flattened", "object"}:
        return shown(value)
    try:
        (term,) = index.terms(field, value)
    except Refused:
        raise ArtifactError(f"failed to parse [{value}] for field [{field}]") from None
    return term


def term_query(index, body):
    field, how = only(body, "term")
    value = how.get("value") if isinstance(how, dict) else how
    term = exact(index, field, value)
    if isinstance(how, dict) and how.get("case_insensitive"):
        return lambda values: (
            str(term).lower() in [str(one).lower() for one in values.get(field, ())]
        )
    return lambda values: term in values.get(field, ())


def terms_query(index, body):
    field, several = only(body, "terms")
    wanted = [exact(index, field, value) for value in several]
    return lambda values: any(term in values.get(field, ()) for term in wanted)


def match_query(index, body):
    field, how = only(body, "match")
    text = how.get("query") if isinstance(how, dict) else how
    operator = how.get("operator", "or") if isinstance(how, dict) else "or"
    if isinstance(how, dict) and set(how) - {"query", "operator", "boost"}:
        least = how.get("minimum_should_match")
        if least != "100%" or set(how) - {"query", "operator", "minimum_should_match"}:
            raise ArtifactError("of `match`, only `query` and `operator` are simulated")
        operator = "and"
    every = {"and": all, "or": any}.get(str(operator).lower())
    if every is None:
        raise ArtifactError(f"operator `{operator}`")
    if index.types.get(field) in TEXTS:
        analyzer = index.settings[field].get("analyzer", "standard")
        wanted = words(shown(text), analyzer)
    else:
        wanted = [exact(index, field, text)]
    return lambda values: every(term in values.get(field, ()) for term in wanted)


def phrase_query(index, body):
    field, how = only(body, "match_phrase")
    if isinstance(how, dict) and how.get("slop"):
        raise ArtifactError("`slop` is not simulated here")
    text = how.get("query") if isinstance(how, dict) else how
    if index.types.get(field) not in TEXTS:
        return match_query(index, {field: text})
    wanted = words(shown(text), index.settings[field].get("analyzer", "standard"))

    def matches(values):
        terms = values.get(field, [])
        starts = range(len(terms) - len(wanted) + 1)
        return any(terms[at : at + len(wanted)] == wanted for at in starts)

    return matches


def range_query(index, body):
    field, bounds = only(body, "range")
    kind = index.types.get(field)
    tests = {
        "gt": lambda value, bound: value > bound,
        "gte": lambda value, bound: value >= bound,
        "lt": lambda value, bound: value < bound,
        "lte": lambda value, bound: value <= bound,
    }
    for key in set(bounds) - set(tests) - {"time_zone", "boost"}:
        raise ArtifactError(f"[range] query does not support [{key}] here")
    zone = None
    if "time_zone" in bounds:
        try:
            zone = datetime.fromisoformat(
                f"2026-01-01T00:00{bounds['time_zone']}"
            ).tzinfo
        except ValueError:
            raise ArtifactError(
                "write `time_zone` as an offset, such as +01:00"
            ) from None
    limits = []
    for key in tests:
        if key in bounds:
            bound = bounds[key]
            if kind == "date":
                try:
                    bound = moment(bound, zone, end=key in {"gt", "lte"})
                except ValueError:
                    raise ArtifactError(
                        f"failed to parse date field [{bound}]"
                    ) from None
            else:
                bound = exact(index, field, bound)
            limits.append((tests[key], bound))
    return lambda values: any(
        all(test(value, bound) for test, bound in limits)
        for value in values.get(field, ())
    )


def exists_query(index, body):
    field = body.get("field")
    return lambda values: any(
        path == field or path.startswith(f"{field}.") for path in values
    )
