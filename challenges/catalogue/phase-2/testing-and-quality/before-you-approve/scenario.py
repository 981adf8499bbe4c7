"""Runs what each blocking comment shows: on the code, on the rules, on the code mended.

A defect is proved by a comment on its line whose call goes wrong in the code, and goes
otherwise once that defect alone is mended. A call that goes right is a false alarm.
"""

import ast

import yaml

CODE = '''\
FEE = 150


def refund(price, hours, extras=[], vip=False):
    """Cents to give back for a ticket cancelled some hours before leaving."""
    extras.append(price)
    total = sum(extras)
    if hours > 24:
        share = 100
    elif hours >= 2:
        share = 50
    else:
        share = 0
    back = round(total * share / 100)
    if vip:
        return back
    return back - FEE
'''

# Each defect: the lines it may be told at, and what mends it.
DEFECTS = {
    "the 24th hour": ({8}, [("hours > 24", "hours >= 24")]),
    "rounding": ({14}, [("round(total * share / 100)", "total * share // 100")]),
    "the list": (
        {4, 6, 7},
        [("    extras.append(price)\n", ""), ("sum(extras)", "price + sum(extras)")],
    ),
    "below zero": ({17}, [("return back - FEE", "return max(back - FEE, 0)")]),
}
KINDS = {"blocking", "suggestion", "question"}
DECISIONS = {"approve", "request changes"}


def decision(text):
    return read(text)["decision"]


def found(text, defect):
    lines, _ = DEFECTS[defect]
    here = [one for one in blocking(text) if one["line"] in lines]
    if any(proves(one["shows"], defect) for one in here):
        return "proved"
    return "not proved" if here else "not told"


def false_alarms(text):
    """The lines of blocking comments that prove none of the defects of their line."""
    return [
        one["line"]
        for one in blocking(text)
        if not any(
            one["line"] in lines and proves(one["shows"], defect)
            for defect, (lines, _) in DEFECTS.items()
        )
    ]


def blocking(text):
    return [one for one in read(text)["comments"] if one["kind"] == "blocking"]


def proves(call, defect):
    proposed = outcome(CODE, call)
    alone = outcome(mended(defect), call)
    return proposed != outcome(mended(*DEFECTS), call) and proposed != alone


def mended(*defects):
    code = CODE
    for defect in defects:
        for old, new in DEFECTS[defect][1]:
            code = code.replace(old, new)
    return code


def outcome(code, call):
    """What the call returns and what it leaves of its arguments, in fresh code."""
    namespace = {}
    exec(code, namespace)
    args, kwargs = arguments(call)
    try:
        returned = namespace["refund"](*args, **kwargs)
    except Exception as error:
        returned = type(error).__name__
    return returned, args, kwargs


def arguments(call):
    """Values written out; raises ArtifactError for anything else."""
    try:
        tree = ast.parse(str(call).strip(), mode="eval").body
        is_call = isinstance(tree, ast.Call) and tree.func.id == "refund"
        if not is_call or any(word.arg is None for word in tree.keywords):
            raise ValueError(call)
        args = [ast.literal_eval(one) for one in tree.args]
        return args, {one.arg: ast.literal_eval(one.value) for one in tree.keywords}
    except (AttributeError, SyntaxError, ValueError):
        told = f"`{call}` is no call of refund with its values written out"
        raise ArtifactError(told) from None


def read(text):
    try:
        review = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ArtifactError(error.problem, line=line) from None
    if not isinstance(review, dict) or review.get("decision") not in DECISIONS:
        raise ArtifactError("decision: approve, or request changes")
    if not isinstance(review.get("comments"), list):
        raise ArtifactError("comments: a list is needed")
    for number, comment in enumerate(review["comments"], start=1):
        check(comment, f"comment {number}")
    return review


def check(comment, where):
    if not isinstance(comment, dict):
        raise ArtifactError(f"{where}: line, kind and says are needed")
    if comment.get("kind") not in KINDS:
        raise ArtifactError(f"{where}: kind is one of {', '.join(sorted(KINDS))}")
    if not isinstance(comment.get("line"), int):
        raise ArtifactError(f"{where}: line is a number")
    if not str(comment.get("says") or "").strip():
        raise ArtifactError(f"{where}: says is empty")
    if comment["kind"] == "blocking":
        if "shows" not in comment:
            raise ArtifactError(f"{where}: a blocking comment shows a call")
        arguments(comment["shows"])
