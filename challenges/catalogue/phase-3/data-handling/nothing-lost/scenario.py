"""Lays a file for the submitted converter, and reads what it wrote with a reader of
the format: a list whose first row holds the names of the fields."""

import csv
import io
import json
import os
import tempfile
import xml.etree.ElementTree as ET

BOM = "\ufeff"


def converted(module, content, source, target):
    """`content` is the text of a file of the format `source`."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"{n}.{f}") for n, f in (("in", source), ("out", target))]
        lay(paths[0], content)
        module.convert(*paths)
        return records(paths[1], target)


def journey(module, rows, formats):
    """The rows, from the first format through the others to the last."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f"{n}.{f}") for n, f in enumerate(formats)]
        lay(paths[0], WRITERS[formats[0]](rows))
        for start, end in zip(paths, paths[1:]):
            module.convert(start, end)
        return records(paths[-1], formats[-1])


def lay(path, content):
    with open(path, "wb") as file:
        file.write(content.encode("utf-8"))


def records(path, form):
    try:
        with open(path, "rb") as file:
            content = file.read()
    except FileNotFoundError:
        return "no file"
    try:
        return READERS[form](content.decode("utf-8"))
    except (ValueError, ET.ParseError, csv.Error):
        return f"cannot be read as {form}"


def from_csv(text):
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def to_csv(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue()


def from_json(text):
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        return "not a list of objects"
    heads = list({tuple(one): None for one in found})
    if len(heads) != 1:
        return "records with different fields"
    return [list(heads[0]), *(list(one.values()) for one in found)]


def to_json(rows):
    head, *rest = rows
    return json.dumps([dict(zip(head, row)) for row in rest])


def from_xml(text):
    root = ET.fromstring(text.encode("utf-8"))
    if [root.tag, *{one.tag for one in root}] != ["records", "record"]:
        return "not records of a record each"
    fields = [[(f.tag, f.get("name"), f.text or "") for f in one] for one in root]
    if {tag for one in fields for tag, _, _ in one} != {"field"}:
        return "something other than fields"
    heads = list({tuple(name for _, name, _ in one): None for one in fields})
    if len(heads) != 1:
        return "records with different fields"
    return [list(heads[0]), *([text for _, _, text in one] for one in fields)]


def to_xml(rows):
    head, *rest = rows
    root = ET.Element("records")
    for row in rest:
        one = ET.SubElement(root, "record")
        for name, value in zip(head, row):
            ET.SubElement(one, "field", name=name).text = value
    return ET.tostring(root, encoding="unicode")


READERS = {"csv": from_csv, "json": from_json, "xml": from_xml}
WRITERS = {"csv": to_csv, "json": to_json, "xml": to_xml}
