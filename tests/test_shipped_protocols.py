"""Every number of every shipped protocol, and what an answer says where a number is not public."""

from typing import Any

import pytest

import evidence_builder as eb
from mdm2screen import oncotree
from mdm2screen.decision import Decision
from mdm2screen.protocol import TrialProtocol, load_shipped, shipped
from mdm2screen.results import Eligibility, Status
from mdm2screen.rules.base import Number, NumberRange

UNKNOWN = "unknown"
RANGES = {"purity_range": (0.2, 1.0), "ploidy_range": (2.0, 4.5), "min_covered_fraction": 0.5}
AMPLIFICATION = {**RANGES, "near_miss": 0.1}
TP53 = {
    "vaf_floor": UNKNOWN,
    "chip_vaf": UNKNOWN,
    "plasma_fraction_min": UNKNOWN,
    "contamination_max": UNKNOWN,
    "deletion_copies": 0.5,
    "deletion_purity": 0.5,
    "callability.min_vaf": UNKNOWN,
    "callability.min_alt_reads": 5,
    "callability.detection_confidence": 0.95,
    "callability.assumed_purity": 0.2,
    "callability.assumed_copies": 4.5,
    "callability.min_callable_fraction": 1,
    "callability.min_reference_quality": 20,
    "callability.min_base_quality": 20,
    "callability.min_mapping_quality": 20,
}
NUMBERS = {
    ("mantra-2", "2022-06"): {
        "local mdm2_amplification": {"copies_min": 12, "fold_min": 6, **AMPLIFICATION},
        "local tp53_wild_type": TP53,
        "local tumor_type": {},
        "central mdm2_amplification": {"copies_min": UNKNOWN, **AMPLIFICATION},
        "central tp53_wild_type": TP53,
    },
    ("mantra-2", "2022-10"): {
        "local mdm2_amplification": {"copies_min": 12, "fold_min": 6, **AMPLIFICATION},
        "local tp53_wild_type": TP53,
        "local tumor_type": {},
        "central mdm2_amplification": {"copies_min": 8, **AMPLIFICATION},
        "central tp53_wild_type": TP53,
    },
    ("jp-intimal-sarcoma", "2019-09"): {
        "local mdm2_amplification": {"fold_min": 4, **AMPLIFICATION},
        "local tp53_wild_type": TP53,
        "local tumor_type": {},
    },
    ("brightline-2", "2024-01"): {
        "local mdm2_amplification": {"copies_min": UNKNOWN, **AMPLIFICATION},
        "local tp53_wild_type": TP53,
        "local tumor_type": {},
    },
    ("mantra-4", "2022-05"): {
        "local cdkn2a_loss": {"copies_max": UNKNOWN, **RANGES, "ploidy_range": (1.5, 4.5)},
        "local tp53_wild_type": TP53,
        "local tumor_type": {},
    },
}


def numbers(model: Any, prefix: str = "") -> dict[str, Any]:
    """Every number of a rule by its path."""
    found: dict[str, Any] = {}
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Number):
            found[prefix + name] = value.value
        elif isinstance(value, NumberRange):
            found[prefix + name] = (value.low, value.high)
        elif hasattr(type(value), "model_fields"):
            found |= numbers(value, f"{prefix}{name}.")
    return found


def versions() -> list[tuple[str, str]]:
    return [(one, version.version) for one in shipped() for version in load_shipped(one).versions]


@pytest.mark.parametrize("one", versions(), ids=" ".join)
def test_every_number_is_as_published(one: tuple[str, str]) -> None:
    trial = load_shipped(one[0], version=one[1])
    found = {
        f"{side} {rule.criterion}": numbers(rule) for side in ("local", "central") for rule in getattr(trial, side)
    }
    assert found == NUMBERS[one]


@pytest.mark.parametrize(
    ("identifier", "included", "excluded", "review"),
    [
        ("mantra-2", [], ["DDLS", "WDLS", "ALT", "INTS", "BRAIN+", "LYMPH+", "MYELOID+"], ["LIPO"]),
        ("jp-intimal-sarcoma", ["INTS"], [], []),
        (
            "brightline-2",
            ["CHOL+", "GBC+", "AMPCA+", "PAAD+", "LUAD+", "BLCA+"],
            [],
            ["HCCIHCH", "PAASC", "LUAS"],
        ),
        ("mantra-4", [], ["LYMPH+", "MYELOID+"], []),
    ],
)
def test_tumor_types(identifier: str, included: list[str], excluded: list[str], review: list[str]) -> None:
    rule = next(rule for rule in load_shipped(identifier).local if rule.criterion == "tumor_type").model_dump()

    def codes(kind: str) -> list[str]:
        return [entry["code"] + "+" * entry["subtree"] for entry in rule[kind]]

    assert (codes("include"), codes("exclude"), codes("review")) == (included, excluded, review)


@pytest.mark.parametrize(
    ("identifier", "date", "status", "registration"),
    [
        ("mantra-2", "2022-10-26", "terminated", "NCT05012397"),
        ("jp-intimal-sarcoma", "2019-09-28", "completed", "NCCH1806/MK004"),
        ("brightline-2", "2024-01-14", "unknown", "NCT05512377"),
        ("mantra-4", "2022-05-04", "unknown", "unknown"),  # the number given for it is not confirmed
    ],
)
def test_identity(identifier: str, date: str, status: str, registration: str) -> None:
    trial = load_shipped(identifier)
    assert (str(trial.date), trial.status, trial.registration[: len(registration)]) == (date, status, registration)
    assert bool(trial.central) is (identifier == "mantra-2")


def test_age_is_verified_at_the_site() -> None:
    assert "age 18 or older" in [check.item for check in load_shipped("jp-intimal-sarcoma").verify_at_site]


def decided(trial: TrialProtocol, code: str, **changes: Any) -> Decision:
    return eb.decide(eb.evidence(tumor_type=oncotree.lookup(code), **changes), trial)


def open_number(trial: TrialProtocol, criterion: str) -> str:
    """What the answer says of the number; that it is open, whatever the copies."""
    said = set()
    for copies in (0.0, 1.0, 2.0, 30.0, 400.0):
        over = eb.source(eb.segment(copies), eb.segment(copies, contig="9", start=21_900_000, end=22_000_000))
        decision = decided(trial, "CHOL", mdm2=(over,), cdkn2a=(over,))
        assert (decision.molecular, decision.eligibility) == (Eligibility.INDETERMINATE, Eligibility.INDETERMINATE)
        (call,) = [one for one in decision.calls if one.criterion == criterion]
        assert call.status is Status.INDETERMINATE
        assert f"{copies:g} copies" in call.reasons[0].message
        assert any("ask the sponsor for the number" in way for way in decision.to_resolve)
        said.add(call.reasons[0].message.partition(";")[0])
    (one,) = said
    return one


def test_where_the_number_is_not_public_the_answer_is_open_and_says_so() -> None:
    amplified = open_number(load_shipped("brightline-2"), "mdm2_amplification")
    assert amplified == "the number of copies that counts as amplified is not public"
    lost = open_number(load_shipped("mantra-4"), "cdkn2a_loss")
    assert lost == "the number of copies below which CDKN2A counts as lost is not public"


def test_every_protocol_with_an_unknown_threshold_is_among_those() -> None:
    thresholds = ("copies_min", "fold_min", "copies_max")
    found = {
        key
        for key, rules in NUMBERS.items()
        for name, rule in rules.items()
        if name.startswith("local") and any(rule.get(one) == UNKNOWN for one in thresholds)
    }
    assert {identifier for identifier, _ in found} == {"brightline-2", "mantra-4"}


def test_a_mutation_decides_also_where_a_number_is_not_public() -> None:
    mutated = decided(load_shipped("brightline-2"), "CHOL", variants=eb.observed(eb.variant()))
    assert mutated.eligibility is Eligibility.NOT_ELIGIBLE


def test_four_fold_of_the_japanese_trial_is_eight_copies() -> None:
    trial = load_shipped("jp-intimal-sarcoma")
    for copies, expected in ((8.0, Eligibility.ELIGIBLE), (7.9, Eligibility.NOT_ELIGIBLE)):
        decision = decided(trial, "INTS", mdm2=(eb.source(eb.segment(copies)),))
        assert decision.eligibility is expected
    assert decided(trial, "BLCA").headline == "Not eligible: the trial is not for the tumor type"


def test_before_the_interim_analysis_no_central_number_is_assumed() -> None:
    ten = (eb.source(eb.segment(10)),)
    before, after = (decided(load_shipped("mantra-2", version=v), "CHOL", mdm2=ten) for v in ("2022-06", "2022-10"))
    codes = [[reason.code for call in one.calls for reason in call.reasons] for one in (before, after)]
    assert [("C010" in found) for found in codes] == [False, True]
    assert before.eligibility is after.eligibility is Eligibility.NOT_ELIGIBLE
