import argparse
import sys


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--today")
    parser.add_argument("--days")
    options = parser.parse_args()
    for name in sys.stdin.read().splitlines():
        print(name)  # Which of them may go?


if __name__ == "__main__":
    main()
