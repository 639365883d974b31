"""Functional classes of the NCI TP53 Database: evidence, and a class only where both assays agree."""

from collections import Counter
from pathlib import Path

import pytest
from class_files import MADE, read, read_text, said

from mdm2screen import hgvs
from mdm2screen.errors import MalformedFileError
from mdm2screen.records import Significance
from shared_data import shared

HEADER = "MUT_ID,c_description,ProtDescription,TransactivationClass,DNE_LOFclass\n"


def test_both_assays_agree_or_nothing_is_claimed() -> None:
    content = read(MADE / "nci_view.csv")
    assert said(content) == {
        "p.Asp186Gly": "likely_pathogenic",  # non-functional and DNE_LOF
        "p.Asn235Ser": "likely_benign",  # functional and neither
        "p.Asn235Ile": "uncertain",  # partially functional
        "p.Arg337His": "uncertain",  # one assay without a class
        "p.Glu339Lys": "uncertain",  # one assay alone
        "p.Thr125Ala": "likely_benign",  # more active than wild-type
    }
    assert content.file.records.dropped == {
        "its protein change is not known": 1,
        "names no protein change of NP_000537": 1,
        "no functional class": 1,
        "says the same as an earlier row": 1,
    }
    assert content.file.records.in_windows == content.file.records.total == 10


def test_classes_are_of_the_protein_and_say_what_was_measured() -> None:
    record = read(MADE / "nci_view.csv").classes[0]
    assert (record.origin, record.words) == ("NCI TP53 Database", "transactivation non-functional, DNE_LOF")
    assert (record.hgvs_c, record.hgvs_p) == (None, "p.Asp186Gly")


@pytest.mark.parametrize(
    ("transactivation", "dne_lof", "expected"),
    [
        ("non-functional", "DNE_LOF", Significance.LIKELY_PATHOGENIC),
        ("non-functional", "notDNE_LOF", Significance.UNCERTAIN),
        ("non-functional", "notDNE_notLOF", Significance.UNCERTAIN),
        ("non-functional", "NA", Significance.UNCERTAIN),
        ("partially_functional", "DNE_LOF", Significance.UNCERTAIN),
        ("functional", "DNE_LOF", Significance.UNCERTAIN),
        ("functional", "notDNE_notLOF", Significance.LIKELY_BENIGN),
        ("functional", "", Significance.UNCERTAIN),
        ("supertrans", "notDNE_notLOF", Significance.LIKELY_BENIGN),
        ("NA", "DNE_LOF", Significance.UNCERTAIN),
        ("NA", "notDNE_notLOF", Significance.UNCERTAIN),
    ],
)
def test_every_pair_of_classes(tmp_path: Path, transactivation: str, dne_lof: str, expected: Significance) -> None:
    text = f"{HEADER}1,c.557A>G,p.D186G,{transactivation},{dne_lof}\n"
    (record,) = read_text(tmp_path, text, "nci.csv").classes
    assert record.significance is expected


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("1,c.557A>G,p.D186G,broken,DNE_LOF", r"transactivationclass is 'broken'"),
        ("1,c.557A>G,p.D186G,functional,LOF_DNE", r"dne_lofclass is 'LOF_DNE'"),
    ],
)
def test_a_functional_class_that_is_none_is_an_error(tmp_path: Path, row: str, words: str) -> None:
    with pytest.raises(MalformedFileError, match=f"nci.csv line 2: {words}"):
        read_text(tmp_path, f"{HEADER}{row}\n", "nci.csv")


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        ("20", "non-functional"),
        ("20.1", "partially functional"),
        ("75", "partially functional"),
        ("75.1", "functional"),
        ("140", "functional"),
        ("140.1", "supertrans"),
    ],
)
def test_promoter_activities_alone_are_context(tmp_path: Path, percent: str, name: str) -> None:
    """The borders of the classes; four promoters at the value and four far above it would move a mean."""
    promoters = "WAF1nWT,MDM2nWT,BAXnWT,h1433snWT,AIP1nWT,GADD45nWT,NOXAnWT,P53R2nWT"
    values = [percent, percent, percent, percent, percent, "0", "900", "900"]
    text = f"ProtDescription,AAchange,{promoters}\np.D186G,D186G,{','.join(values)}\np.N235S,N235S,{',' * 7}\n"
    content = read_text(tmp_path, text, "ishioka.csv")
    (record,) = content.classes
    assert record.significance is Significance.UNCERTAIN
    assert record.words.startswith(f"transactivation {name}, median {float(percent):.3g}%")
    assert content.file.records.dropped == {"no functional class": 1}


def test_the_functional_table_of_r21_never_gives_a_class_alone() -> None:
    content = read(shared("tp53_functional/FunctionIshiokaDownload_r21.csv"))
    assert len(content.classes) == content.file.records.total == 2314
    assert {record.significance for record in content.classes} == {Significance.UNCERTAIN}
    names = Counter(record.words.split(",")[0].removeprefix("transactivation ") for record in content.classes)
    assert set(names) == {"non-functional", "partially functional", "functional", "supertrans"}


def test_the_median_of_promoters_gives_the_class_that_the_database_gives() -> None:
    """FunctionIshiokaDownload against the classes beside the variants of the same release."""
    computed = {
        record.hgvs_p: record.words.split(",")[0].removeprefix("transactivation ")
        for record in read(shared("tp53_functional/FunctionIshiokaDownload_r21.csv")).classes
    }
    agree, differ = 0, []
    for line in shared("tp53_variants/nci_tp53db_r21_variants.GRCh38.vcf").read_text().splitlines():
        if line.startswith("#"):
            continue
        info = dict(pair.split("=", 1) for pair in line.split("\t")[7].split(";"))
        given = info["TACLASS"].replace("_", " ")
        if given in ("NA", "."):
            continue
        name = hgvs.protein(info["HGVSP"])
        agree += computed.get(name) == given
        if computed.get(name) != given:
            differ.append((name, computed.get(name), given))
    assert (agree, differ) == (524, [])
