"""Classes that an annotation carries: ClinVar and OncoKB, per allele, never half of a statement."""

import pytest
from annotated import SOURCE, said

from mdm2screen.readers.annotation_classes import classes_of, joined
from mdm2screen.records import Significance

P, LP, U = Significance.PATHOGENIC, Significance.LIKELY_PATHOGENIC, Significance.UNCERTAIN
LB, B, C = Significance.LIKELY_BENIGN, Significance.BENIGN, Significance.CONFLICTING


@pytest.mark.parametrize(
    ("text", "significance"),
    [
        ("Pathogenic", P),
        ("Likely_pathogenic", LP),
        ("Pathogenic/Likely_pathogenic", LP),
        ("Pathogenic/Likely_pathogenic|drug_response", LP),
        ("Pathogenic,_low_penetrance", P),
        ("Pathogenic/Likely_pathogenic/Pathogenic,_low_penetrance", LP),
        ("Uncertain_significance", U),
        ("Uncertain_significance/Uncertain_risk_allele", U),
        ("Likely_benign", LB),
        ("Benign/Likely_benign|other", LB),
        ("Benign", B),
        ("Conflicting_interpretations_of_pathogenicity", C),
        ("Conflicting_classifications_of_pathogenicity|risk_factor", C),
        ("uncertain_significance&benign&drug_response", C),  # VEP joins all it finds at the place
        ("pathogenic&benign", C),
        ("5|5", P),  # numbers of before 2017
        ("5|4", LP),
        ("5|2", C),
        ("Pathogenic\\x2c_low_penetrance", P),
    ],
)
def test_a_clinvar_significance(text: str, significance: Significance) -> None:
    (found,) = classes_of({"CLNSIG": text}, SOURCE).classes
    assert (found.origin, found.significance, found.source) == ("ClinVar", significance, SOURCE)


@pytest.mark.parametrize("text", ["not_provided", "drug_response", ".", "", "255", "risk_factor|other"])
def test_words_that_answer_another_question_give_no_class(text: str) -> None:
    found = classes_of({"CLNSIG": text}, SOURCE)
    assert (found.classes, found.unread) == ([], [])


def test_a_word_that_is_not_known_is_said_and_the_rest_is_not_taken() -> None:
    found = classes_of({"CLNSIG": "Pathogenic|Rather_bad"}, SOURCE)
    assert found.classes == []
    assert found.unread == ["ClinVar says 'rather_bad', which is no class it is known to give"]


def test_the_words_of_conflicts_and_review_stand_with_the_class() -> None:
    fields = {
        "CLNSIG": "Conflicting_classifications_of_pathogenicity",
        "CLNSIGCONF": "Pathogenic(2)|Uncertain_significance(1)",
        "CLNREVSTAT": "criteria_provided,_conflicting_classifications",
    }
    (found,) = classes_of(fields, SOURCE).classes
    assert found.words == "; ".join(fields.values())


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("CLNSIG", "ClinVar"),
        ("ClinVar_CLNSIG", "ClinVar"),
        ("ClinVar_VCF_CLNSIG", "ClinVar"),
        ("clinvar_clnsig", "ClinVar"),
        ("CLINSIG", "ClinVar"),
        ("CLIN_SIG", "ClinVar (CLIN_SIG)"),
        ("ONC", "ClinVar (oncogenicity)"),
        ("ClinVar_ONC", "ClinVar (oncogenicity)"),
    ],
)
def test_a_field_is_known_whatever_stands_before_its_name(name: str, origin: str) -> None:
    word = "Oncogenic" if name.endswith("ONC") else "Pathogenic"
    (found,) = classes_of({name: word}, SOURCE).classes
    assert (found.origin, found.significance) == (origin, P)


@pytest.mark.parametrize(
    "name", ["CLNSIGINCL", "CLNSIGSCV", "CLIN_SIG_ALLELE", "NONC", "CONC", "MY_ONCOGENIC", "CLNDN"]
)
def test_other_fields_are_no_class(name: str) -> None:
    found = classes_of({name: "Pathogenic"}, SOURCE)
    assert (found.classes, found.unread) == ([], [])


@pytest.mark.parametrize(
    ("fields", "significance"),
    [
        ({"ONCOGENIC": "Oncogenic"}, P),
        ({"ONCOKB_ONCOGENIC": "Likely_Oncogenic"}, LP),
        ({"oncokb_oncogenic": "Likely%20Neutral"}, LB),
        ({"ONCOGENIC": "Inconclusive"}, U),
        ({"MUTATION_EFFECT": "Loss-of-function"}, P),
        ({"ONCOGENIC": "Likely Oncogenic", "MUTATION_EFFECT": "Likely_Loss-of-function"}, LP),
        ({"ONCOGENIC": "Oncogenic", "MUTATION_EFFECT": "Neutral"}, C),
        ({"ONCOGENIC": "Likely_Oncogenic", "MUTATION_EFFECT": "Unknown"}, LP),
    ],
)
def test_oncokb(fields: dict[str, str], significance: Significance) -> None:
    (found,) = classes_of(fields, SOURCE).classes
    assert (found.origin, found.significance) == ("OncoKB", significance)


def test_what_oncokb_does_not_know_is_no_class() -> None:
    assert classes_of({"ONCOGENIC": "Unknown", "MUTATION_EFFECT": "Unknown"}, SOURCE).classes == []


def test_each_allele_of_a_line_has_its_own_class() -> None:
    info = "CLNSIG=Pathogenic,Benign;CLNREVSTAT=criteria_provided,_single_submitter"
    found = [said(info, alts=("T", "A"), number=n).classes for n in (1, 2)]
    assert [[one.significance for one in classes] for classes in found] == [[P], [B]]
    assert said("CLNSIG=Pathogenic,.", alts=("T", "A"), number=2).classes == []


def test_a_class_that_may_be_of_another_allele_is_not_taken() -> None:
    found = said("CLNSIG=Pathogenic", alts=("T", "A"))
    assert (found.classes, found.unread) == ([], ["CLNSIG does not say which of 2 alleles it is of"])


def test_a_class_is_taken_from_the_whole_text_where_the_line_has_one_allele() -> None:
    (found,) = said("CLNSIG=Pathogenic,Likely_pathogenic").classes
    assert found.significance is LP


def test_classes_of_several_sources_become_one() -> None:
    assert joined([]) is None
    assert joined([P, P]) is P
    assert joined([P, LP]) is LP
    assert joined([B, LB]) is LB
    assert joined([P, U]) is C
    assert joined([U, B]) is C
    assert joined([C, P]) is C
