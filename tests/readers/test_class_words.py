"""The words of laboratories, ClinVar and OncoKB for five classes."""

import pytest

from mdm2screen.readers.class_words import significance, unknown
from mdm2screen.records import Significance

P, LP, U, LB, B, C = (
    Significance.PATHOGENIC,
    Significance.LIKELY_PATHOGENIC,
    Significance.UNCERTAIN,
    Significance.LIKELY_BENIGN,
    Significance.BENIGN,
    Significance.CONFLICTING,
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Pathogenic", P),
        ("PATHOGENIC", P),
        ("likely_pathogenic", LP),
        ("Likely Pathogenic", LP),
        ("likely", LP),
        ("VUS", U),
        ("Uncertain significance", U),
        ("uncertain", U),
        ("likely-benign", LB),
        ("benign", B),
        ("Oncogenic", P),
        ("Likely Oncogenic", LP),
        ("Likely Neutral", LB),
        ("Inconclusive", U),
    ],
)
def test_words_for_one_class(words: str, expected: Significance) -> None:
    assert significance(words) is expected
    assert unknown(words) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Pathogenic/Likely_pathogenic", LP),
        ("Benign/Likely_benign", LB),
        ("Pathogenic|drug_response", P),
        ("Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance|other", LP),
        ("Pathogenic,_low_penetrance", LP),
        ("Pathogenic/Likely_risk_allele", P),
        ("Likely_risk_allele", U),
        ("Uncertain_significance/Uncertain_risk_allele", U),
        ("Uncertain_significance/VUS-high", U),
        ("Conflicting_classifications_of_pathogenicity", C),
        ("Conflicting_interpretations_of_pathogenicity|other", C),
        ("Uncertain significance,Pathogenic", C),
        ("Pathogenic,Benign", C),
    ],
)
def test_several_words_of_clinvar(words: str, expected: Significance) -> None:
    assert significance(words) is expected


@pytest.mark.parametrize("words", ["drug_response", "not_provided", "risk_factor|association", "", ".", "-"])
def test_words_that_are_no_class(words: str) -> None:
    assert significance(words) is None


@pytest.mark.parametrize("words", ["5", "tier 1", "patogenic", "Class_of_a_later_year"])
def test_a_word_not_known_here_is_a_class_not_known(words: str) -> None:
    assert unknown(words)
    assert significance(words) is U
    assert significance(f"Pathogenic/{words}") is C
