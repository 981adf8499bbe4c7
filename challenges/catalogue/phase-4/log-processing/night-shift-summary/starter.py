import argparse
import sys


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", default="WARNING")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()

    for line in sys.stdin:
        # Is this line a record? Which ones are the same fault?
        print(line, end="")


main()
