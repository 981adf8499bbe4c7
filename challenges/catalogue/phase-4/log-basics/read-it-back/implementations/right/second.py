import json
import xml.etree.ElementTree as ET
from datetime import timezone


def write(record, form):
    try:
        writer = {"text": as_text, "json": as_json, "xml": as_xml}[form]
    except KeyError:
        raise ValueError(form) from None
    utc = record["time"].astimezone(timezone.utc)
    stamp = utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"
    return writer(stamp, **{key: record[key] for key in record if key != "time"})


def as_text(stamp, level, logger, message, extra):
    signs = {"\\": r"\\", "\n": r"\n"}
    one_line = "".join(signs.get(sign, sign) for sign in message)
    return " ".join([stamp, level, logger + ":", one_line]) + "\n"


def as_json(stamp, **fields):
    fields["time"] = stamp
    compact = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return compact + "\n"


def as_xml(stamp, level, logger, message, extra):
    event = ET.Element("event", logger=logger, level=level, time=stamp)
    event.text = message
    return ET.tostring(event, encoding="unicode").replace("\n", "&#xA;") + "\n"
