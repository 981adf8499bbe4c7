"""How long a message that was cut must be: as long as fits, less a part of a character."""

MOST = 1000


def check(expected, got):
    width, start, last = expected
    if not (isinstance(got, list) and len(got) == 3):
        return False
    size, first, end = got
    if [first, end] != [start, last] or type(size) is not int:
        return False
    # Up to 7 digits of the process's number were left out of the count.
    return MOST - width - 7 < size < MOST
