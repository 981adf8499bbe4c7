import hashlib
import hmac
import json
import os
import sys

action, path, *rest = sys.argv[1:]
options = dict(zip(rest[::2], rest[1::2]))
if not os.path.exists(options["--key"]):
    sys.exit(2)
with open(options["--key"], encoding="utf-8") as file:
    key = file.read().removesuffix("\n").encode()


def link(previous, event):
    text = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    message = previous + "\n" + text
    return hmac.new(key, message.encode("utf-8"), hashlib.sha256).hexdigest()


def fail(text):
    print(text)
    sys.exit(1)


lines = []
if os.path.exists(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    if lines[-1] == "":
        lines.pop()
elif action == "verify":
    sys.exit(2)

last = ""
seen = set()
for i in range(len(lines)):
    try:
        entry = json.loads(lines[i])
    except json.JSONDecodeError:
        fail(f"line {i + 1}: not an entry")
    if not isinstance(entry, dict) or "event" not in entry or "seal" not in entry:
        fail(f"line {i + 1}: not an entry")
    last = link(last, entry["event"])
    if last != entry["seal"]:
        fail(f"line {i + 1}: altered")
    seen.add(last)

if action == "verify":
    if "--seal" in options and options["--seal"] not in seen:
        fail("the seal is not in the trail")
    print("intact:", len(lines), "entries")
    sys.exit(0)

new = ""
for line in sys.stdin:
    try:
        event = json.loads(line)
    except json.JSONDecodeError:
        sys.exit(2)
    if type(event) is not dict:
        sys.exit(2)
    last = link(last, event)
    new += json.dumps({"event": event, "seal": last}, ensure_ascii=False) + "\n"
with open(path, "a", encoding="utf-8") as file:
    file.write(new)
print(last)
