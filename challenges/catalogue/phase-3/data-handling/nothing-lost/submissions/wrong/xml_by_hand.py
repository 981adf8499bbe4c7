import csv
import json
import xml.etree.ElementTree as ET
from pathlib import Path

Records = list[dict[str, str]]


def read_csv(path: Path) -> Records:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


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
    lines = ["<records>"]
    for record in records:
        fields = "".join(
            f'<field name="{name}">{value}</field>' for name, value in record.items()
        )
        lines.append(f"<record>{fields}</record>")
    lines.append("</records>")
    path.write_text("\n".join(lines), encoding="utf-8")


READERS = {".csv": read_csv, ".json": read_json, ".xml": read_xml}
WRITERS = {".csv": write_csv, ".json": write_json, ".xml": write_xml}


def convert(source: str, target: str) -> None:
    start, end = Path(source), Path(target)
    WRITERS[end.suffix](end, READERS[start.suffix](start))
