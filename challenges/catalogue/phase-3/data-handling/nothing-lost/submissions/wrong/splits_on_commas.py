import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

Records = list[dict[str, str]]


def read_csv(path: Path) -> Records:
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    head = lines[0].split(",")
    rows = [[cell.strip('"') for cell in line.split(",")] for line in lines[1:]]
    return [dict(zip(head, row)) for row in rows]


def write_csv(path: Path, records: Records) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(records[0]))
        writer.writeheader()
        writer.writerows(records)


def read_json(path: Path) -> Records:
    return json.loads(path.read_text(encoding="utf-8"))


def write_json(path: Path, records: Records) -> None:
    text = json.dumps(records, ensure_ascii=False, indent=2)
    path.write_text(text, encoding="utf-8")


def read_xml(path: Path) -> Records:
    return [
        {field.get("name", ""): field.text or "" for field in record}
        for record in ET.parse(path).getroot()
    ]


def write_xml(path: Path, records: Records) -> None:
    root = ET.Element("records")
    for record in records:
        parent = ET.SubElement(root, "record")
        for name, value in record.items():
            ET.SubElement(parent, "field", name=name).text = value
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


READERS = {".csv": read_csv, ".json": read_json, ".xml": read_xml}
WRITERS = {".csv": write_csv, ".json": write_json, ".xml": write_xml}


def convert(source: str, target: str) -> None:
    start, end = Path(source), Path(target)
    WRITERS[end.suffix](end, READERS[start.suffix](start))
