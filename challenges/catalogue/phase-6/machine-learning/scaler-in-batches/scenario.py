"""A scaler that learns some batches and then transforms some rows."""

import copy


def learnt(module, batches):
    scaler = module.Scaler()
    for batch in batches:
        scaler.partial_fit(copy.deepcopy(batch))
    return scaler


def scale(module, batches, rows):
    return learnt(module, batches).transform(copy.deepcopy(rows))


def chain(module, batch, rows):
    """`partial_fit` gives the scaler back, so that calls can be chained."""
    return module.Scaler().partial_fit(batch).transform(rows)


def scale_twice(module, batches, exam, rows):
    """The answer for `rows` before and after an exam is transformed."""
    scaler = learnt(module, batches)
    before = scaler.transform(copy.deepcopy(rows))
    scaler.transform(copy.deepcopy(exam))
    return [before, scaler.transform(copy.deepcopy(rows))]


def rows_afterwards(module, batches, rows):
    """What is left of the rows that were handed over."""
    mine = copy.deepcopy(rows)
    learnt(module, batches).transform(mine)
    return mine


def side_by_side(module, first, second, rows):
    """Two scalers, each with its own batch, taught in turn."""
    one, two = module.Scaler(), module.Scaler()
    one.partial_fit(first)
    two.partial_fit(second)
    return [scaler.transform(copy.deepcopy(rows)) for scaler in (one, two)]


def refused(module, batches, bad, rows):
    """The name of the error for a bad batch, and the answer afterwards."""
    scaler = learnt(module, batches)
    try:
        scaler.partial_fit(bad)
    except ValueError as error:
        name = type(error).__name__
    else:
        name = "no error"
    return [name, scaler.transform(rows)]
