import sys

USAGE = "usage: quote.py PAGES [COPIES] [--colour]"
CENTS_A_SHEET = 5
CENTS_A_COLOUR_SHEET = 20
SHEETS_FOR_DISCOUNT = 100


def price(pages: int, copies: int = 1, *, colour: bool = False) -> int:
    """The price in cents."""
    if pages < 1 or copies < 1:
        raise ValueError("pages and copies start at 1")
    sheets = pages * copies
    total = sheets * (CENTS_A_COLOUR_SHEET if colour else CENTS_A_SHEET)
    return total * 90 // 100 if sheets >= SHEETS_FOR_DISCOUNT else total


def main(argv: list[str]) -> int:
    colour = "--colour" in argv
    if colour:
        argv.remove("--colour")
    try:
        if not 1 <= len(argv) <= 2:
            raise ValueError("one or two quantities")
        cents = price(*map(int, argv), colour=colour)
    except ValueError:
        print(USAGE)
        return 2
    print(f"price: {cents / 100:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
