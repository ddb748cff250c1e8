"""Every case in order, those that other tests show included."""

from tests.analytics.sources.bad_input import containers, places, tables
from tests.analytics.sources.bad_input.case import NOTED, REFUSED, Case, Elsewhere, Make
from tests.analytics.sources.bad_input.tables import fires
from tests.analytics.sources.figures.making import LONG


def _person(heading: str, cell: str) -> Make:
    return fires(f"2024-01,Abbey,1,{cell}", header=f"Month,Ward,Incidents,{heading}")


PEOPLE = (
    Case(71, "names of people", _person("Surname", "x"), REFUSED, "looks as if it holds people", "figures", LONG),
    Case(71, "full postcodes", _person("Ref", "KT1 1EU"), REFUSED, "looks as if it holds people", "figures", LONG),
)
_PROCESS = "tests/analytics/sources/test_process.py"
_READING = "tests/analytics/sources/test_police_uk_reading.py"
ELSEWHERE = (
    Elsewhere(61, "the same file twice", "nothing to do", f"{_READING}::test_a_release_that_is_held_is_not_read_again"),
    Elsewhere(
        62,
        "the same month with other content",
        "a new release; the old one stays",
        f"{_READING}::test_another_content_of_the_same_month_is_another_release",
    ),
    Elsewhere(
        63,
        "the disk fills up",
        REFUSED,
        f"{_PROCESS}::test_a_disk_that_fills_up_at_any_step_leaves_what_was_held_and_nothing_else",
    ),
    Elsewhere(
        64,
        "the program is killed",
        "the whole release or none",
        "tests/analytics/warehouse/test_crashes.py::test_a_killed_import_leaves_the_whole_release_or_none",
    ),
    Elsewhere(
        65,
        "two imports of one data set at once",
        "the second waits 30 seconds, then is refused",
        f"{_PROCESS}::test_a_second_import_of_a_data_set_waits_and_is_then_told_that_it_is_busy",
    ),
    Elsewhere(
        66,
        "somebody reads while a release is exchanged",
        "sees the old one or the new one whole",
        f"{_PROCESS}::test_who_reads_during_a_swap_sees_the_old_release_or_the_new_one_whole",
    ),
    Elsewhere(
        67,
        "the file changes while it is read",
        REFUSED,
        f"{_PROCESS}::test_a_change_that_keeps_size_and_time_is_noticed_too",
    ),
    Elsewhere(
        68,
        "a link, a pipe, or no file at all",
        REFUSED,
        "tests/analytics/sources/test_refusals.py::test_what_is_no_ordinary_file_is_refused_before_it_is_opened",
    ),
    Elsewhere(68, "a file that one may not read", REFUSED, f"{_PROCESS}::test_a_file_that_one_may_not_read_is_refused"),
)
CASES: tuple[Case, ...] = tuple(
    sorted((*tables.CASES, *containers.CASES, *places.CASES, *PEOPLE), key=lambda case: case.number)
)
OUTCOMES = (REFUSED, "row left out", NOTED)
