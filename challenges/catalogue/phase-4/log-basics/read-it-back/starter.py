from datetime import UTC, datetime

import formats


def test_a_plain_record_as_text():
    record = {
        "time": datetime(2026, 3, 12, 8, 14, 2, 311_000, tzinfo=UTC),
        "level": "WARNING",
        "logger": "ferry.tickets",
        "message": "printer is slow",
        "extra": {},
    }
    assert formats.write(record, "text").startswith("2026-03-12T08:14:02.311Z WARNING")
