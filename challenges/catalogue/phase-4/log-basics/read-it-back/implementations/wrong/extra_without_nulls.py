import json
from datetime import UTC
from xml.sax.saxutils import escape, quoteattr


def write(record, form):
    moment = record["time"].astimezone(UTC).isoformat(timespec="milliseconds")
    time = moment.replace("+00:00", "Z")
    level, logger, message = (record[key] for key in ("level", "logger", "message"))
    if form == "text":
        message = message.replace("\\", "\\\\").replace("\n", "\\n")
        return f"{time} {level} {logger}: {message}\n"
    if form == "json":
        extra = {key: value for key, value in record["extra"].items() if value}
        return json.dumps({**record, "time": time, "extra": extra}) + "\n"
    if form == "xml":
        attributes = {"time": time, "level": level, "logger": logger}
        written = " ".join(f"{key}={quoteattr(text)}" for key, text in attributes.items())
        inside = escape(message, {"\n": "&#10;"})
        return f"<event {written}>{inside}</event>\n"
    raise ValueError(f"no such format: {form}")
