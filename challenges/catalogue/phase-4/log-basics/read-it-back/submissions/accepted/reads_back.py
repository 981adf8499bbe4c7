import json
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta, timezone

import formats
import pytest

LIMA = timezone(timedelta(hours=-5))
NASTY = 'says "hi" & leaves <now>\\ with \'both\'\nand a second line, ñandú, \\n'


def record(**changes):
    return {
        "time": datetime(2026, 3, 12, 3, 14, 2, 311_000, tzinfo=LIMA),
        "level": "WARNING",
        "logger": "ferry.tickets",
        "message": "printer is slow",
        "extra": {},
    } | changes


def test_a_plain_record_as_text():
    line = formats.write(record(), "text")
    assert line == "2026-03-12T08:14:02.311Z WARNING ferry.tickets: printer is slow\n"


@pytest.mark.parametrize("form", ["text", "json", "xml"])
def test_a_record_is_one_line(form):
    written = formats.write(record(message=NASTY), form)
    assert written.endswith("\n")
    assert written.count("\n") == 1


def test_text_tells_a_break_from_a_backslash():
    line = formats.write(record(message="a\nb\\nc"), "text")
    assert line.endswith(": a\\nb\\\\nc\n")


def test_json_reads_back():
    given = record(message=NASTY, logger='a "quoted" name')
    found = json.loads(formats.write(given, "json"))
    assert found == given | {"time": "2026-03-12T08:14:02.311Z"}


def test_xml_reads_back():
    given = record(message=NASTY, logger='it\'s a "quoted" <name> & more')
    event = ET.fromstring(formats.write(given, "xml"))
    assert event.tag == "event"
    assert event.text == NASTY
    assert event.attrib == {
        "time": "2026-03-12T08:14:02.311Z",
        "level": "WARNING",
        "logger": given["logger"],
    }


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (datetime(2026, 3, 12, 8, 14, 2, tzinfo=UTC), "2026-03-12T08:14:02.000Z"),
        (datetime(2026, 12, 31, 22, 0, 0, 5_999, LIMA), "2027-01-01T03:00:00.005Z"),
    ],
)
def test_time_is_utc_with_three_decimals(time, text):
    assert formats.write(record(time=time), "text").startswith(text + " ")
    assert json.loads(formats.write(record(time=time), "json"))["time"] == text


def test_extra_fields_keep_their_types():
    extra = {"seats": 5, "price": 12.5, "agent": None, "paid": False, "code": "05"}
    found = json.loads(formats.write(record(extra=extra), "json"))
    assert found["extra"] == extra


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError):
        formats.write(record(), "yaml")
