import sys


def same_form(name):
    for separator in "_.":
        name = name.replace(separator, "-")
    while "--" in name:
        name = name.replace("--", "-")
    return name.strip().lower()


try:
    with open("requirements.txt", encoding="utf-8") as file:
        wanted_lines = file.readlines()
except FileNotFoundError:
    print("no requirements.txt")
    sys.exit(2)

installed = {}
for line in sys.stdin:
    if not line.startswith("#") and not line.startswith("-e") and "==" in line:
        name, version = line.split("==")
        installed[same_form(name)] = version.strip()

ready = True
for line in wanted_lines:
    line = line.split("#")[0].strip()
    if line == "":
        continue
    if "==" in line:
        name, wanted = line.split("==")
        name, wanted = name.strip(), wanted.strip()
    else:
        name, wanted = line, None
    key = same_form(name)
    if key not in installed:
        print("missing:", name)
        ready = False
    elif wanted is not None and installed[key] != wanted:
        print(f"different: {name} has {installed[key]}, needs {wanted}")
        ready = False

if ready:
    print("ready")
else:
    sys.exit(1)
