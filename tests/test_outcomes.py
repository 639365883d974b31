"""A table of outcomes: read whole or refused whole; responses and PFS of treated and centrally confirmed patients."""

from pathlib import Path

import pytest

import cohort_builder as cb
from mdm2screen.concordance.result import Group, GroupOutcome, OutcomeSummary, Rate
from mdm2screen.errors import FileAccessError, MalformedFileError
from mdm2screen.readers.outcomes_table import read_outcomes
from mdm2screen.records import BestResponse, TimeUnit

HEADER = "patient,treated,best_response,response_confirmed,pfs_months,pfs_event"


def refused(folder: Path, *lines: str) -> str:
    with pytest.raises(MalformedFileError) as raised:
        cb.outcomes(folder, *lines)
    assert raised.value.exit_code == 3
    return str(raised.value)


def test_a_table_as_it_is_written(tmp_path: Path) -> None:
    table = cb.outcomes(tmp_path, HEADER, "P1,yes,PR,no,3.5,yes", "P2,no,,,,", "P3,,NA,,.,N/A")
    assert (table.file, table.pfs_unit, table.columns) == ("outcomes.csv", TimeUnit.MONTHS, tuple(HEADER.split(",")))
    first, second, third = table.rows
    assert (first.treated, first.best_response, first.response_confirmed) == (True, BestResponse.PR, False)
    assert (first.pfs, first.pfs_event, first.source.line) == (3.5, True, 2)
    assert (second.treated, second.best_response) == (False, None)
    assert {third.treated, third.best_response, third.response_confirmed, third.pfs, third.pfs_event} == {None}


@pytest.mark.parametrize("mark", ["\t", ",", ";"])
def test_any_separator_line_end_order_and_case(tmp_path: Path, mark: str) -> None:
    text = "\r\n".join(
        mark.join(row) for row in [["PFS days", "Patient", "pfs_event", "Best.Response"], ["30", '"P 1"', "YES", "sd"]]
    )
    path = tmp_path / "export.txt"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode() + mark.encode() * 2 + b"\r\n" + mark.encode() * 3 + b"\r\n")
    (row,) = read_outcomes(path).rows
    assert (row.patient, row.pfs, row.best_response) == ("P 1", 30, BestResponse.SD)
    assert read_outcomes(path).pfs_unit is TimeUnit.DAYS


def test_all_faults_are_listed_together_with_line_and_column(tmp_path: Path) -> None:
    said = refused(
        tmp_path,
        HEADER,
        "P1,yes,PR,yes,3.5,yes",
        "P1,yes,SD,yes,-1,no",
        "P2,maybe,XR,,\"3,5\",yes",
        ",yes,CR,,,yes",
        "P3,no,PD,,,",
        "P4,yes,,,1",
    )  # fmt: skip
    listed = [line.removeprefix("  - ") for line in said.splitlines() if line.startswith("  - ")]
    assert listed == [
        "line 3, pfs_months: -1 is no time: a time is zero or more",
        "line 3, response_confirmed: a confirmed response needs CR or PR, and best_response is SD",
        "line 3, patient: P1 stands in line 2 already",
        "line 4, treated: 'maybe' is neither yes nor no",
        "line 4, best_response: 'XR' is none of CR, PR, SD, PD, NE (RECIST 1.1)",
        "line 4, pfs_months: '3,5' is not a number (a decimal comma? write a point)",
        "line 5, patient: the patient has no identifier",
        "line 5, pfs_event: an event without its time",
        "line 6, treated: a patient who was not treated has no response to the treatment and no time on it",
        "line 7: has 5 fields where the header has 6",
    ]
    assert said.startswith("outcomes.csv: the table of outcomes cannot be used:")
    assert "What to do: correct every line that is listed" in said


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        ("patient,best_respons", "line 1, best_respons: the column is not known; did you mean best_response?"),
        ("patient,treated,site", "line 1, site: the column is not known; known columns: patient, treated"),
        ("name,treated", "there is no column patient"),
        ("patient", "there is no column of outcomes; known columns: treated"),
        ("patient,treated,treated", "line 1, treated: the column stands twice"),
        ("patient,,treated", "a column has no name"),
        ("patient,pfs_months,pfs_days,pfs_event", "pfs_months and pfs_days both give the time: keep one"),
        ("patient,pfs_months", "a time needs the column pfs_event beside it"),
        ("patient,treated,pfs_event", "line 1, pfs_event: an event needs a time beside it: pfs_months or pfs_days"),
        ("patient,response_confirmed", "response_confirmed: needs the column best_response beside it"),
    ],
)
def test_faults_of_the_header(tmp_path: Path, header: str, fault: str) -> None:
    assert fault in refused(tmp_path, header, ",".join("P1" for _ in header.split(",")))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("P1,yes,,yes,,", "a confirmed response needs CR or PR, and best_response is missing"),
        ("P1,yes,PR,no,nan5,no", "'nan5' is not a number"),
        ("P1,yes,PR,no,inf,no", "inf is no time"),
        ("P1,yes,PR,no,1_0,no", "'1_0' is not a number"),
        ("P1,no,,,2,no", "a patient who was not treated has no response"),
        ('P1,yes,"PR,no,2,no', "cannot be split into fields"),
        ("P1,yes,PR,no,2,no,more", "has 7 fields where the header has 6"),
    ],
)
def test_faults_of_a_row(tmp_path: Path, row: str, fault: str) -> None:
    assert fault in refused(tmp_path, HEADER, row)


def test_a_patient_who_looks_like_a_comment_is_no_comment(tmp_path: Path) -> None:
    table = cb.outcomes(tmp_path, "## made", "#patient\ttreated", "##7\tyes", "@8\tno")
    assert [row.patient for row in table.rows] == ["##7", "@8"]


def test_a_table_of_nobody(tmp_path: Path) -> None:
    assert "the table has no patient" in refused(tmp_path, HEADER)


def test_text_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "latin.csv"
    path.write_bytes("patient,treated\nMüller,yes\n".encode("latin-1"))
    with pytest.raises(MalformedFileError, match="line 2: is no UTF-8 text"):
        read_outcomes(path)
    path.write_bytes("patient,treated\nP1,yes\n".encode("utf-16"))
    with pytest.raises(MalformedFileError, match="UTF-16"):
        read_outcomes(path)
    path.write_bytes(b"patient,treated\rP1,yes\r")
    with pytest.raises(MalformedFileError, match="carriage return"):
        read_outcomes(path)
    with pytest.raises(FileAccessError, match="no such file"):
        read_outcomes(tmp_path / "nowhere.csv")


def test_many_faults_are_counted(tmp_path: Path) -> None:
    assert "and 20 more" in refused(tmp_path, "patient,treated", *(f"P{n},perhaps" for n in range(60)))


def summary(folder: Path, *lines: str) -> OutcomeSummary:
    """Outcomes beside three patients: P1 and P2 centrally confirmed, P3 not."""
    decisions = [cb.patient("P1", cb.copies(20), cb.copies(20)), cb.patient("P2", cb.copies(20), cb.copies(9))]
    decisions.append(cb.patient("P3", cb.copies(20), cb.copies(3)))
    found = cb.run_of(decisions, cb.outcomes(folder, *lines)).outcomes
    assert found is not None
    return found


def group(found: OutcomeSummary, name: Group) -> GroupOutcome:
    return next(one for one in found.groups if one.group is name)


def counted(rate: Rate | None) -> tuple[int, int]:
    assert rate is not None
    return rate.count, rate.of


def test_the_run_shaped_like_the_trial(tmp_path: Path) -> None:
    found = cb.run_of(cb.trial_shaped(), read_outcomes(cb.trial_outcomes(tmp_path)))
    of_treated = found.central_confirmation.of_treated
    assert counted(of_treated) == (31, 40)
    assert of_treated is not None
    assert of_treated.interval is not None
    assert [round(limit, 3) for limit in (of_treated.interval.low, of_treated.interval.high)] == [0.615, 0.892]
    assert found.outcomes is not None
    response = group(found.outcomes, Group.CENTRALLY_CONFIRMED).response
    assert response is not None
    assert response.confirmed_responses is not None
    assert counted(response.all_responses) == (6, 31)
    assert counted(response.confirmed_responses) == (1, 31)
    assert response.all_responses.fraction == pytest.approx(0.194, abs=5e-4)
    assert response.all_responses.interval is not None
    limits = response.all_responses.interval
    assert [limits.low, limits.high] == pytest.approx([0.075, 0.375], abs=5e-4)
    assert response.confirmed_responses.fraction == pytest.approx(0.032, abs=5e-4)
    of_all = group(found.outcomes, Group.TREATED).response
    assert of_all is not None
    assert counted(of_all.all_responses) == (7, 40)


def test_of_treated_counts_patients_whose_central_result_never_came(tmp_path: Path) -> None:
    decisions = [*cb.trial_shaped()[:37], *(cb.patient(f"P{n}", cb.copies(20)) for n in (38, 39, 40))]
    found = cb.run_of(decisions, read_outcomes(cb.trial_outcomes(tmp_path))).central_confirmation
    assert counted(found.of_treated) == (31, 40)
    assert counted(found.of_central_results) == (31, 37)
    assert found.awaited == ("P38", "P39", "P40")


def test_ne_counts_and_a_missing_response_is_listed_instead(tmp_path: Path) -> None:
    found = summary(tmp_path, "patient,treated,best_response", "P1,yes,PR", "P2,yes,", "P3,yes,NE")
    response = group(found, Group.TREATED).response
    assert response is not None
    assert (counted(response.all_responses), response.missing) == ((1, 2), ("P2",))
    assert response.best_responses[BestResponse.NE] == 1
    assert response.confirmed_responses is None


def test_a_response_of_which_nobody_says_whether_it_was_confirmed_is_not_an_unconfirmed_one(tmp_path: Path) -> None:
    table = ("patient,treated,best_response,response_confirmed", "P1,yes,PR,", "P2,yes,CR,yes", "P3,yes,SD,")
    response = group(summary(tmp_path, *table), Group.TREATED).response
    assert response is not None
    assert counted(response.all_responses) == (2, 3)
    assert (counted(response.confirmed_responses), response.confirmation_missing) == ((1, 2), ("P1",))


def test_only_treated_patients_are_among_the_centrally_confirmed(tmp_path: Path) -> None:
    found = summary(tmp_path, "patient,treated,best_response", "P1,yes,PR", "P2,no,", "P3,yes,SD")
    confirmed = group(found, Group.CENTRALLY_CONFIRMED)
    assert (confirmed.patients, confirmed.who) == (1, "treated and centrally confirmed patients")
    assert group(found, Group.TREATED).patients == 2


def test_treated_or_not_missing_is_not_untreated(tmp_path: Path) -> None:
    found = summary(tmp_path, "patient,treated,best_response", "P1,yes,PR", "P2,,SD", "P3,no,")
    assert found.treatment_missing == ("P2",)
    assert group(found, Group.TREATED).patients == 1


def test_without_the_column_treated_nobody_is_called_treated(tmp_path: Path) -> None:
    decisions = [cb.patient("P1", cb.copies(20), cb.copies(20))]
    found = cb.run_of(decisions, cb.outcomes(tmp_path, "patient,best_response", "P1,PR"))
    assert found.central_confirmation.of_treated is None
    assert found.outcomes is not None
    assert [(one.group, one.who) for one in found.outcomes.groups] == [
        (Group.CENTRALLY_CONFIRMED, "centrally confirmed patients of the table")
    ]


def test_patients_of_one_side_alone_are_listed_and_count_nowhere(tmp_path: Path) -> None:
    found = summary(tmp_path, "patient,treated,best_response", "P1,yes,PR", "P9,yes,CR")
    assert (found.without_decision, found.without_outcome) == (("P9",), ("P2", "P3"))
    response = group(found, Group.TREATED).response
    assert response is not None
    assert counted(response.all_responses) == (1, 1)


def test_pfs_of_a_group(tmp_path: Path) -> None:
    found = summary(tmp_path, "patient,treated,pfs_days,pfs_event", "P1,yes,100,yes", "P2,yes,50,no", "P3,yes,20,")
    pfs = group(found, Group.TREATED).pfs
    assert pfs is not None
    assert (pfs.unit, pfs.at_risk, pfs.events, pfs.censored) == (TimeUnit.DAYS, 2, 1, 1)
    assert (pfs.median, pfs.missing) == (100, ("P3",))
    assert group(found, Group.TREATED).response is None


def test_no_patient_of_a_group_gives_no_number(tmp_path: Path) -> None:
    table = ("patient,treated,best_response,pfs_months,pfs_event", "P1,no,,,", "P2,no,,,")
    found = group(summary(tmp_path, *table), Group.TREATED)
    assert found.response is not None
    assert found.pfs is not None
    assert found.response.all_responses.fraction is None
    assert (found.pfs.at_risk, found.pfs.median) == (0, None)
