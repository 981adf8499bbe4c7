import json


def kinds(lines):
    return [drawer(line) for line in lines]


def drawer(line):
    words = line.split()
    if line[0] == "{":
        fields = json.loads(line)
        if {"actor", "action"} <= fields.keys():
            return "audit"
        return "error" if fields["level"] in ("error", "critical") else "event"
    if line[:4].isdigit() and line[4] == "-":
        return "error" if words[2] in ("ERROR", "CRITICAL") else "event"
    if words[0].isalpha():
        program = words[4].rstrip(":").split("[")[0]
        return "audit" if program in ("sshd", "sudo", "su") else "system"
    return "access"
