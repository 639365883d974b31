"""Words and numbers for people, the same in every report that people read."""

from mdm2screen.annotation_check import AnnotationCheck, AnnotationStatement
from mdm2screen.decision import AgreementOfSides, Decision, PriorTreatment, Role
from mdm2screen.mdm2_finding import Extent
from mdm2screen.numerals import decimals, number
from mdm2screen.records import PurityState, Reference, Scale
from mdm2screen.results import Branch, Interval, ProtocolReference

CLOSING = "Research and feasibility screening aid; not a medical device, and not a treatment decision."

CRITERIA = {
    "mdm2_amplification": "MDM2 amplification",
    "tp53_wild_type": "TP53 wild-type",
    "cdkn2a_loss": "CDKN2A loss",
    "tumor_type": "Tumor type",
}

FLAGS = {
    "near_threshold": "MDM2 is near the threshold",
    "uncorrected_scale": "MDM2 value is not corrected for purity",
    "purity_unknown": "tumor purity is unknown",
    "purity_low": "tumor purity is low",
    "mdm2_not_proven": "what was seen of MDM2 may be amplified, and is not proven",
    "loss_not_proven": "what was seen of the gene may be a loss, and is not proven",
    "partial_amplification": "only part of MDM2 is amplified",
    "producers_disagree": "the copy-number files disagree",
    "neighbour_not_raised": "FRS2 beside MDM2 is not raised: very small amplification or artefact",
    "confidence_limits": "the confidence limits of MDM2 lie on both sides of the threshold",
    "fragile": "the MDM2 answer rests on the stated purity or ploidy",
    "subclonal": "the MDM2 segment is subclonal",
    "overlapping_segments": "overlapping segments over MDM2 differ",
    "few_markers": "a segment over MDM2 has two markers or fewer",
    "fish_by_hand": "MDM2 was counted by FISH",
    "fish_contradicts": "FISH and the MDM2 copies contradict each other",
    "broad_gain": "the gain around MDM2 spans more than half an arm",
    "tp53_vus": "TP53 variant of uncertain significance",
    "tp53_conflicting_classes": "sources disagree on the class of a TP53 variant",
    "tp53_not_fully_callable": "not all of TP53 is known to have been seen",
    "low_vaf": "TP53 variant at a low allele fraction",
    "filtered_hotspot": "TP53 hotspot variant that a filter removed",
    "different_samples": "the files name different samples",
    "different_builds": "the files are on different genome builds",
    "changed_protocol": "the protocol is a changed copy of a shipped one",
    "partial_coverage": "only part of MDM2 has a copy number",
    "tp53_coverage_declared": "coverage of TP53 is declared, not shown",
    "tp53_splice_region": "TP53 variant that may disturb splicing",
    "unfiltered_variant": "TP53 variant in a file without filters",
    "tp53_structural": "structural variant over TP53",
    "tp53_possible_deletion": "TP53 may be deleted",
    "tp53_intron_1": "rearrangements of TP53 intron 1 are not excluded",
    "tp53_reported": "a report names a TP53 variant that no VCF holds",
    "tp53_germline": "TP53 variant that may be germline",
    "tp53_blood_cells": "TP53 variant that may come from blood cells",
    "germline_file": "a TP53 file looks like germline calls",
    "plasma": "the specimen is plasma",
    "contamination": "reads of another person in the sample",
    "annotation_differs": "a file annotates a TP53 variant otherwise",
    "tp53_phase": "TP53 variants in one codon of unknown phase",
    "different_patients": "the results name different patients",
    "different_diagnoses": "the samples have different diagnoses",
    "answer_changed": "this version of mdm2screen answers otherwise",
    "shared_file": "both sides rest on one file",
    "samples_disagree": "the patient's samples contradict each other",
    "tp53_predates_mdm2_inhibitor": "TP53 may have been tested before an MDM2 inhibitor",
    "tp53_of_other_sample": "TP53 wild-type comes from samples that do not show the amplification",
    "plasma_only": "local testing rests on plasma alone",
    "central_plasma_only": "central testing rests on plasma alone",
    "tp53_frame_restored": "two TP53 frameshifts that restore the frame together",
}

_SCALES: dict[Scale, str] = {
    Scale.TUMOR_COPIES: "tumor copies",
    Scale.OBSERVED_COPIES: "observed copies (tumor and normal cells together)",
    Scale.LINEAR_RATIO: "ratio",
    Scale.LOG2_RATIO: "log2 ratio",
    Scale.LABEL: "label",
}
_REFERENCES: dict[Reference, str] = {
    Reference.DIPLOID: "to two copies",
    Reference.SAMPLE: "to the sample's own mean",
    Reference.UNKNOWN: "to two copies or to the sample's own mean",
}
_PURITY_STATES: dict[PurityState, str] = {
    PurityState.CORRECTED: "corrected for purity by its program",
    PurityState.CORRECTED_BY_LAB: "corrected for the purity the lab entered",
    PurityState.COUNTED: "counted in tumor nuclei",
    PurityState.UNCORRECTED: "not corrected for purity",
    PurityState.UNKNOWN: "not known whether corrected for purity",
}
EXTENTS: dict[Extent, str] = {
    Extent.FOCAL: "focal (at most 10 Mb)",
    Extent.BROAD: "broad (over 10 Mb, less than half of an arm)",
    Extent.ARM: "more than half of one arm",
    Extent.CHROMOSOME: "more than half of both arms",
}
AGREEMENT: dict[AgreementOfSides, str] = {
    AgreementOfSides.AGREE: "agree",
    AgreementOfSides.DIFFER: "DIFFER",
    AgreementOfSides.OPEN: "not comparable: one side is open",
}
_CLOSED = ("closed", "completed", "suspended", "terminated", "withdrawn")


def blanks(code: str) -> str:
    """A snake_case code as words."""
    return code.replace("_", " ")


def consequence(terms: str) -> str:
    """Sequence Ontology terms joined by ``&``, as words."""
    return blanks(terms).replace("&", ", ")


def criterion(name: str) -> str:
    """A criterion in words."""
    return CRITERIA.get(name, blanks(name))


def flag(code: str) -> str:
    """A flag for the central laboratory in words."""
    return FLAGS.get(code, blanks(code))


def scale(code: Scale | None, reference: Reference | None) -> str:
    """Unit of a copy-number value; ratios say what they are relative to."""
    if code is None:
        return "value"
    if code not in {Scale.LINEAR_RATIO, Scale.LOG2_RATIO} or reference is None:
        return _SCALES[code]
    return f"{_SCALES[code]} {_REFERENCES[reference]}"


def purity_state(code: PurityState | None) -> str:
    """Whether normal cells have been accounted for."""
    return "purity not stated" if code is None else _PURITY_STATES[code]


def annotated(checked: AnnotationCheck, statement: AnnotationStatement) -> str:
    """How a program's statement of a variant stands to mdm2screen's."""
    if statement.differs:
        return f"differs in {', '.join(statement.differs)}"
    return "not compared" if statement.with_others or checked.verdict == "not_compared" else "agrees"


def headline(decision: Decision) -> str:
    """What follows the eligibility on the first line; the eligibility is not said twice."""
    said = blanks(decision.eligibility)
    if decision.headline.casefold().startswith(said.casefold()):
        return decision.headline[len(said) :]
    return f": {decision.headline}"


def diagnosis(decision: Decision) -> str:
    """The OncoTree code of the diagnosis; where samples differ, all of them."""
    known = (sample.evidence.tumor_type for sample in decision.samples if sample.role is Role.LOCAL)
    codes = list(dict.fromkeys(one.code for one in known if one))
    return " and ".join(codes) or decision.tumor_type or "no diagnosis given"


def prior_treatment(prior: PriorTreatment) -> str:
    """Earlier treatment with an MDM2 inhibitor."""
    if not prior.given:
        return "none before, as stated"
    return "given before, day not known" if prior.since is None else f"given since {prior.since}"


def trial_status(protocol: ProtocolReference) -> str:
    """The status of the trial as a sentence; a closed trial is said to be closed."""
    state = protocol.status.strip()
    if not state.casefold().startswith(_CLOSED):
        return f"Trial status: {state}."
    if state.casefold().startswith("closed"):
        return f"This trial is {state}."
    return f"This trial is closed ({state})."


def interval(values: Interval) -> str:
    """Lowest and highest possible value."""
    if values.high is None:
        return f"{number(values.low)} or more"
    if values.low == values.high:
        return number(values.low)
    return f"{number(values.low)} to {number(values.high)}"


def distance(value: float) -> str:
    """How far a value is from a threshold; never shown as nothing where it is something."""
    if value == 0:
        return "exactly at it"
    side = "above" if value > 0 else "below"
    return f"{decimals(abs(value), up_to_whole=True)} {side}"


def margin(branch: Branch) -> str:
    """Where the possible values of a branch lie to its threshold."""
    low, high = branch.interval.low, branch.interval.high
    if high is None:
        return f"lowest {number(low)}, {distance(branch.margin)}; no upper limit"
    if low == high:
        return f"{number(low)}, {distance(branch.margin)}"
    upper = distance(high - branch.threshold)
    return f"lowest {number(low)}, {distance(branch.margin)}; highest {number(high)}, {upper}"
