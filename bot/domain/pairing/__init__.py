"""Who climbs with whom: mentor requests to mentors' free places, for a whole community.

    requests ─┐             ┌─ obstacles: pairs that cannot be       (filters)
              ├─► table ────┤
    offers ───┘             └─ terms: what each other pair costs     (cost, matrix)
                                        │
                                  least sum of costs                 (assignment)
                                        │
              left without a mentor ────┴─► trios, then peers        (groups)

Between two batches only who fits well is paired, and takes nobody's turn (`at_once`).
What becomes of a pair is its `life`; `session`, `hearing` and `reward` are parts of it.

Pure and deterministic: the same requests and offers give the same pairs, in whatever
order they come. What is published to members is what is computed: `cost.terms` is the
one definition, and `matrix` only computes it for many pairs at once.
"""
