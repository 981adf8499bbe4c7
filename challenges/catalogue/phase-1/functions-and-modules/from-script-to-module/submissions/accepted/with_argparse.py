import argparse
import sys


def price(pages, copies=1, *, colour=False):
    if min(pages, copies) < 1:
        raise ValueError(min(pages, copies))
    sheets = pages * copies
    cents = sheets * (20 if colour else 5)
    if sheets >= 100:
        cents -= -(-cents // 10)
    return cents


def main(argv):
    parser = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    parser.add_argument("pages", type=int)
    parser.add_argument("copies", type=int, nargs="?", default=1)
    parser.add_argument("--colour", action="store_true")
    try:
        options, rest = parser.parse_known_args(argv)
        if rest:
            raise ValueError(rest)
        cents = price(options.pages, options.copies, colour=options.colour)
    except (ValueError, SystemExit, argparse.ArgumentError):
        print("usage: quote.py PAGES [COPIES] [--colour]")
        return 2
    print(f"price: {cents // 100}.{cents % 100:02}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
