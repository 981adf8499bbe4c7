import csv
import io
import json
from pathlib import Path
from xml.dom import minidom


class Csv:
    def load(self, data):
        text = data.decode("utf-8").removeprefix("\ufeff")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        return [dict(zip(head, row)) for row in rows]

    def dump(self, records):
        out = io.StringIO(newline="")
        writer = csv.writer(out, quoting=csv.QUOTE_ALL)
        writer.writerow(records[0])
        writer.writerows(record.values() for record in records)
        return out.getvalue().encode("utf-8")


class Json:
    def load(self, data):
        return json.loads(data)

    def dump(self, records):
        return json.dumps(records).encode("utf-8")


class Xml:
    def load(self, data):
        document = minidom.parseString(data)
        return [
            {
                field.getAttribute("name"): "".join(
                    node.data for node in field.childNodes
                )
                for field in record.getElementsByTagName("field")
            }
            for record in document.getElementsByTagName("record")
        ]

    def dump(self, records):
        document = minidom.Document()
        root = document.appendChild(document.createElement("records"))
        for record in records:
            parent = root.appendChild(document.createElement("record"))
            for name, value in record.items():
                field = parent.appendChild(document.createElement("field"))
                field.setAttribute("name", name)
                field.appendChild(document.createTextNode(value))
        return document.toxml(encoding="utf-8")


FORMATS = {".csv": Csv(), ".json": Json(), ".xml": Xml()}


def convert(source, target):
    source, target = Path(source), Path(target)
    records = FORMATS[source.suffix].load(source.read_bytes())
    target.write_bytes(FORMATS[target.suffix].dump(records))
