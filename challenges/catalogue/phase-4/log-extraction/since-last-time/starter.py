import argparse
import sys
from pathlib import Path


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("files", nargs="+", type=Path)
    args = parser.parse_args()

    for path in args.files:
        # Everything, every time. What would you have to remember to do better?
        for line in path.read_text(encoding="utf-8").splitlines():
            print(f"{path}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
