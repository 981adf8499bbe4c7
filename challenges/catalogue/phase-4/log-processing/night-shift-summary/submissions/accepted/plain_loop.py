import re
import sys

ORDER = {"DEBUG": 0, "INFO": 1, "WARNING": 2, "ERROR": 3, "CRITICAL": 4}
NAMES = {name: name for name in ORDER} | {"WARN": "WARNING", "FATAL": "CRITICAL"}

arguments = sys.argv[1:]
lowest = "WARNING"
if "--level" in arguments:
    at = arguments.index("--level")
    lowest = arguments[at + 1]
    del arguments[at:at + 2]

lines = []
if arguments:
    for name in arguments:
        try:
            with open(name, encoding="utf-8") as file:
                lines += file.read().splitlines()
        except FileNotFoundError:
            sys.exit(2)
else:
    lines = sys.stdin.read().splitlines()

counts = {}
for line in lines:
    found = re.match(
        r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z ([a-zA-Z]+) ([a-zA-Z0-9-]+): (.*)$",
        line,
    )
    if found is None or found[1].upper() not in NAMES:
        continue
    level = NAMES[found[1].upper()]
    if ORDER[level] < ORDER[lowest]:
        continue
    text = f"{level} {found[2]}: {re.sub('[0-9]+', '#', found[3])}"
    counts[text] = counts.get(text, 0) + 1

if not counts:
    print("nothing to report")
for text in sorted(counts, key=lambda text: (-counts[text], text)):
    print(counts[text], text)
