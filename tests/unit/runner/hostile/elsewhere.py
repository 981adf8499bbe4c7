"""Threats that no program can try from within, or not it alone; and a test for each."""

from collections.abc import Mapping
from typing import Final

_RUNNER: Final = "tests/integration/runner"
_FAULTS: Final = f"{_RUNNER}/test_faults.py"

ELSEWHERE: Final[Mapping[str, tuple[str, str]]] = {
    "the zygote survives": (
        f"{_RUNNER}/test_limits.py",
        "test_a_case_that_eats_memory_leaves_the_next_one_alone",
    ),
    ".., absolute and NUL in upload names": (
        "tests/unit/runner/test_job.py",
        "test_no_file_of_a_job_lies_outside_its_folder",
    ),
    # Its library is not in the image of base, which every machine has.
    "subclass of DataFrame": (
        f"{_RUNNER}/test_profiles.py",
        "test_what_is_no_plain_table_is_told",
    ),
    "state left for the next submission": (
        f"{_RUNNER}/test_pool.py",
        "test_nothing_is_left_for_the_next_submission",
    ),
    "exit codes 1 to 255": (
        f"{_RUNNER}/test_limits.py",
        "test_every_exit_status_is_told_by_its_number",
    ),
    "zygote killed": (
        _FAULTS,
        "test_what_is_struck_in_mid_run_is_judged_on_a_fresh_container",
    ),
    "pool emptied": (_FAULTS, "test_what_is_struck_while_it_waits_is_replaced"),
    "engine restarted in the middle": (
        _FAULTS,
        "test_an_engine_killed_in_mid_run_is_our_fault_until_it_is_back",
    ),
    "image changed": (
        _FAULTS,
        "test_an_image_removed_under_a_warm_pool_is_made_again",
    ),
    "more jobs than sandboxes": (
        "tests/unit/runner/test_pool.py",
        "test_a_flood_of_one_member_is_before_nobody_else",
    ),
    "half right is partial": (
        "tests/unit/challenges/grading/test_grading.py",
        "test_a_group_passed_in_part_gives_nothing",
    ),
    "a checker that crashes is our fault": (
        "tests/unit/runner/test_judge.py",
        "test_a_checker_that_crashes_is_our_fault",
    ),
    "a bad challenge is refused": (
        "tests/unit/challenges/test_loader.py",
        "test_a_fault_of_challenge_toml_has_its_line",
    ),
}
"""The file and the name of a test."""
