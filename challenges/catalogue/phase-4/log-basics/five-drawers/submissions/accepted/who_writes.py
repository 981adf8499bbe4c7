import json
import re

SERVED = re.compile(r'\S+ \S+ \S+ \[[^]]+\] "')
MACHINE = re.compile(r"[A-Z][a-z]{2} [ \d]\d [\d:]{8} \S+ ([\w.-]+)")
PLAIN = re.compile(r"\d{4}-\d{2}-\d{2} [\d:,]+ (?P<level>[A-Z]+) ")

GUARDS = {"sshd", "sudo", "su"}
FAULTS = {"error", "critical"}


def kind(line: str) -> str:
    if line.startswith("{"):
        record = json.loads(line)
        if "actor" in record and "action" in record:
            return "audit"
        return by_level(record["level"])
    if match := PLAIN.match(line):
        return by_level(match["level"])
    if match := MACHINE.match(line):
        return "audit" if match[1] in GUARDS else "system"
    if SERVED.match(line):
        return "access"
    raise ValueError(f"no known kind: {line!r}")


def by_level(level: str) -> str:
    return "error" if level.lower() in FAULTS else "event"


def kinds(lines: list[str]) -> list[str]:
    return [kind(line) for line in lines]
