"""What each sandbox holds, as the table of SECURITY.md; it comes from the programs."""

from collections import Counter

from runner.hostile.catalogue import AREAS, programs


def sandbox_table() -> str:
    rows = [
        "| area | programs | `docker` holds | `process` holds |",
        "|---|---|---|---|",
    ]
    for area, found in AREAS.items():
        on_process = sum(one.holds_on_process for one in found)
        rows.append(f"| {area} | {len(found)} | {len(found)} | {on_process} |")
    every = [one for _, one in programs()]
    on_process = sum(one.holds_on_process for one in every)
    rows.append(f"| all | {len(every)} | {len(every)} | {on_process} |")
    rows += ["", "What `process` leaves open, and how many programs show it:", ""]
    reasons = Counter(one.open_on_process for one in every if one.open_on_process)
    rows += [f"- {why} ({count})" for why, count in reasons.most_common()]
    return "\n".join(rows)
