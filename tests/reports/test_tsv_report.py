import csv
import io

import pandas as pd
import pytest
from decision_builder import (
    call,
    callability,
    central,
    decision,
    input_file,
    mdm2,
    polymorphism,
    protocol,
    reason,
    segment_file,
    tp53,
    variant,
)
from hypothesis import given
from hypothesis import strategies as st

from mdm2screen.callability_result import Exposure
from mdm2screen.decision import Decision
from mdm2screen.gene_finding import GeneFinding
from mdm2screen.reports import tsv_report
from mdm2screen.results import Disposition, Interval, Status

COLUMNS = tsv_report.header().split("\t")
NUMBERS = ["mdm2_copies", "mdm2_copies_low", "mdm2_copies_high", "mdm2_fold", "mdm2_covered_fraction"]
NUMBERS += ["cdkn2a_copies_low", "cdkn2a_copies_high", "central_mdm2_copies"]
NOTHING_KNOWN = decision(
    mdm2=None, tp53=None, tumor_type=None, build=None, inputs=(), calls=(), central_confirmation=central(flags=())
)
LOST = GeneFinding(gene="CDKN2A", criterion="cdkn2a_loss", threshold=0.5, interval=Interval(low=0, high=0.3))
BREAKING = "\t\r\n\v\f\x1b\x85\u2028\u2029=+-@\"'; "
text = st.text() | st.text(alphabet=BREAKING)


def _cells(made: Decision) -> dict[str, str]:
    return dict(zip(COLUMNS, tsv_report.row(made).split("\t"), strict=True))


def test_header_and_row_of_a_good_decision() -> None:
    first, second = input_file(), segment_file()
    assert _cells(decision()) == {
        "patient": "P1",
        "protocol": "mantra-2",
        "protocol_version": "1.0",
        "protocol_digest": decision().protocol.digest,
        "molecular": "ELIGIBLE",
        "eligibility": "ELIGIBLE",
        "central_confirmation": "REQUIRED",
        "flags": "near_threshold",
        "mdm2_status": "MET",
        "mdm2_copies": "14.2",
        "mdm2_copies_low": "14.2",
        "mdm2_copies_high": "14.2",
        "mdm2_fold": "7.1",
        "mdm2_covered_fraction": "1.0",
        "mdm2_firmness": "FRAGILE",
        "mdm2_agreement": "one_source",
        "tp53_status": "MET",
        "tp53_variants": "",
        "tp53_callability": "declared 1222/1222",
        "cdkn2a_status": "",
        "cdkn2a_copies_low": "",
        "cdkn2a_copies_high": "",
        "central_mdm2_status": "",
        "central_mdm2_copies": "",
        "central_tp53_status": "",
        "central_differs": "",
        "samples": "",
        "tumor_type": "BLCA",
        "tumor_type_status": "MET",
        "reason_codes": "M001;T001;D001;C001",
        "inputs": f"P1.vcf.gz:{first.sha256};P1.call.cns:{second.sha256}",
        "build": "GRCh38",
        "software_version": "0.1.0",
        "schema_version": "1.1",
    }


def test_a_gene_beside_mdm2_and_tp53_has_its_columns() -> None:
    cells = _cells(decision(calls=(call(criterion="cdkn2a_loss"),), genes=(LOST,)))
    assert [cells[f"cdkn2a_{part}"] for part in ("status", "copies_low", "copies_high")] == ["MET", "0.0", "0.3"]


def test_render_is_header_and_row() -> None:
    assert tsv_report.render(decision()) == f"{tsv_report.header()}\n{tsv_report.row(decision())}\n"


def test_variants_that_count_or_need_review_are_named_and_ignored_ones_not() -> None:
    variants = (
        polymorphism(),
        variant(),
        variant(hgvs_p=None, hgvs_c="c.993+1G>A", counts=Disposition.REVIEW),
        variant(hgvs_p=None, hgvs_c=None),
    )
    cells = _cells(decision(tp53=tp53(variants=variants)))
    assert cells["tp53_variants"] == "p.Arg175His;c.993+1G>A;17:7675088 C>T"


def test_a_reason_code_is_listed_once() -> None:
    made = decision(calls=(call(reasons=(reason(), reason())),), central_confirmation=central(reasons=()))
    assert _cells(made)["reason_codes"] == "M001"


def test_unknown_callability_has_no_count() -> None:
    seen = callability(exposure=Exposure.UNKNOWN, assay=None, covered=None)
    assert _cells(decision(tp53=tp53(callability=seen)))["tp53_callability"] == "unknown"


def test_open_upper_limit_is_empty() -> None:
    cells = _cells(decision(mdm2=mdm2(copies=None, interval=Interval(low=8.25, high=None))))
    assert (cells["mdm2_copies"], cells["mdm2_copies_low"], cells["mdm2_copies_high"]) == ("", "8.25", "")


def test_what_is_missing_is_empty() -> None:
    filled = {name for name, value in _cells(NOTHING_KNOWN).items() if value}
    assert filled == {
        *(
            "patient",
            "protocol",
            "protocol_version",
            "protocol_digest",
            "molecular",
            "eligibility",
            "central_confirmation",
        ),
        *("reason_codes", "software_version", "schema_version"),
    }


@given(text, text, text, text)
def test_one_line_of_all_columns_whatever_the_content(patient: str, file: str, tumor: str, hgvs: str) -> None:
    made = decision(
        patient=patient,
        inputs=(input_file(name=file),),
        tumor_type=tumor,
        tp53=tp53(variants=(variant(hgvs_p=hgvs),)),
        protocol=protocol(id=file, version=tumor),
    )
    line = tsv_report.row(made)
    assert len((line + "|").splitlines()) == 1
    assert len(line.split("\t")) == len(COLUMNS)
    # A reader that knows quotes (csv, pandas, a spreadsheet) sees the same cells.
    assert next(csv.reader([line + "\n"], dialect="excel-tab")) == line.split("\t")


@given(text)
def test_no_cell_is_run_as_a_formula(patient: str) -> None:
    assert not _cells(decision(patient=f"={patient}"))["patient"].lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ('"open', "'\"open"),
        ("\tx", "'\\tx"),
        ("\rx", "'\\rx"),
        ("-12.5", "-12.5"),
        ("+3e-4", "+3e-4"),
        ("a=b", "a=b"),
        ("two\nlines", "two\\nlines"),
        ("", ""),
    ],
)
def test_cells_that_act_are_held(value: str, cell: str) -> None:
    assert _cells(decision(patient=value))["patient"] == cell


def test_frame_has_the_columns_of_the_file_and_floats() -> None:
    frame = tsv_report.frame([decision(), NOTHING_KNOWN])
    assert list(frame.columns) == COLUMNS
    assert {str(frame[name].dtype) for name in NUMBERS} == {"float64"}
    assert {str(frame[name].dtype) for name in COLUMNS if name not in NUMBERS} == {"object"}
    assert frame["mdm2_copies"].tolist()[0] == 14.2
    assert frame["mdm2_copies"].isna().tolist() == [False, True]


def test_frame_holds_plain_words_as_they_are() -> None:
    frame = tsv_report.frame([decision(patient="=1\n")])
    assert frame["patient"].tolist() == ["=1\n"]
    assert type(frame["mdm2_status"].tolist()[0]) is str
    assert frame["mdm2_status"].tolist() == [Status.MET.value]


def test_frame_of_no_decision_has_its_columns() -> None:
    frame = tsv_report.frame([])
    assert frame.empty
    assert list(frame.columns) == COLUMNS


def test_file_and_frame_agree() -> None:
    made = decision(genes=(LOST,))
    read = pd.read_csv(io.StringIO(tsv_report.render(made)), sep="\t", dtype={"protocol_version": str})
    frame = tsv_report.frame([made])
    known = [name for name in NUMBERS if not frame[name].isna().any()]
    assert set(NUMBERS) - set(known) == {"central_mdm2_copies"}
    for name in ("patient", "protocol_version", "reason_codes", "inputs", *known):
        assert read[name].tolist() == frame[name].tolist()
