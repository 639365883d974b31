"""The class of a TP53 variant from all sources, and what a protocol's strictness makes of it."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
from mdm2screen import hgvs, known_classes
from mdm2screen.consequence import predict
from mdm2screen.evidence import ObservedVariant, gather
from mdm2screen.genes import tp53_bases
from mdm2screen.readers import read_classes
from mdm2screen.readers.contract import Options
from mdm2screen.records import Build, ClassRecord, Presence, Significance, Source, VariantRecord
from mdm2screen.results import Call, Status, Tp53Variant
from mdm2screen.rules import tp53_classes
from shared_data import shared

# GRCh37: one variant of each kind
HOTSPOT = (7578406, "C", "T")  # R175H
OTHER_AT_HOTSPOT = (7578406, "CG", "TT")  # R175N, which no tumor of cancerhotspots has
VUS = (7578373, "T", "C")  # D186G
NONSENSE = (7578212, "G", "A")  # R213*
LAST_BASE = (7579312, "C", "A")  # T125=
SPLICE_REGION = (7578366, "C", "T")  # c.559+5G>A
SYNONYMOUS = (7579801, "G", "C")  # intronic, no effect
P72R = (7579472, "G", "C")

P, LP, U, LB, B, C = Significance


def said(significance: Significance, origin: str = "lab.tsv", **key: Any) -> ClassRecord:
    return ClassRecord(
        origin=origin,
        significance=significance,
        words=significance.replace("_", " "),
        source=Source(file=origin, line=7),
        **key,
    )


def in_file(significance: Significance) -> ClassRecord:
    """ClinVar in the tumor's own line: it belongs to the allele and has no key."""
    return said(significance, "ClinVar")


def observed(variant: tuple[int, str, str], *classes: ClassRecord, **changes: Any) -> ObservedVariant:
    (found,) = eb.observed(eb.variant(*variant, classes=classes, **changes))
    return found


def joined(variant: tuple[int, str, str], *classes: ClassRecord) -> tuple[str, str | None]:
    found = tp53_classes.classify(observed(variant, *classes))
    return found.name, found.code


def evaluate(
    variant: tuple[int, str, str], *classes: ClassRecord, strictness: str = "pathogenic_or_likely", **changes: Any
) -> Call:
    rule = eb.protocol().local[1]
    given_ = eb.evidence(variants=(observed(variant, *classes, **changes),))
    return type(rule).model_validate(rule.model_dump() | {"strictness": strictness}).evaluate(given_)


def answer(call: Call) -> tuple[Status, list[str]]:
    return call.status, [reason.code for reason in call.reasons]


def shown(call: Call) -> Tp53Variant:
    assert call.tp53 is not None
    (variant,) = call.tp53.variants
    return variant


# Sources joined


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ((), ("unknown significance", None)),
        ((P,), ("pathogenic", None)),
        ((LP,), ("likely pathogenic", None)),
        ((LP, P), ("pathogenic", None)),
        ((U,), ("unknown significance", None)),
        ((U, P), ("pathogenic", None)),
        ((U, LP), ("likely pathogenic", None)),
        ((LB,), ("likely benign", None)),
        ((B,), ("benign", None)),
        ((LB, B), ("benign", None)),
        ((B, U), ("unknown significance", "T027")),
        ((B, P), ("conflicting classes", "T026")),
        ((LB, LP), ("conflicting classes", "T026")),
        ((LB, LP, U), ("conflicting classes", "T026")),
        ((C,), ("conflicting classes", "T027")),
        ((C, U), ("conflicting classes", "T027")),
        ((C, B), ("conflicting classes", "T027")),
        ((C, P), ("pathogenic", None)),
    ],
)
def test_classes_of_a_missense_change_joined_in_any_order(
    classes: tuple[Significance, ...], expected: tuple[str, str | None]
) -> None:
    for order in permutations(classes):
        assert joined(VUS, *(said(one, f"source {number}") for number, one in enumerate(order))) == expected


@given(st.lists(st.sampled_from(Significance), max_size=4), st.sampled_from([P, LP]))
def test_another_pathogenic_source_never_leaves_a_variant_benign(
    classes: list[Significance], added: Significance
) -> None:
    name, _ = joined(VUS, *map(said, classes), said(added, "another"))
    assert name in {"pathogenic", "likely pathogenic", "conflicting classes"}


@given(st.lists(st.sampled_from(Significance), max_size=4), st.sampled_from([U, C]))
def test_doubt_never_makes_a_variant_benign(classes: list[Significance], doubt: Significance) -> None:
    name, _ = joined(VUS, *map(said, classes), said(doubt, "another"))
    assert name not in {"benign", "likely benign"}


@given(st.lists(st.sampled_from(Significance), max_size=4))
def test_saying_a_thing_twice_changes_nothing(classes: list[Significance]) -> None:
    once = [said(one) for one in classes]
    again = [said(one, "again") for one in classes]
    assert joined(VUS, *once) == joined(VUS, *once, *again)


@pytest.mark.parametrize("variant", [HOTSPOT, NONSENSE, (7578370, "C", "T")])
@pytest.mark.parametrize("benign", [B, LB])
def test_a_table_that_calls_a_hotspot_or_a_loss_benign_is_a_conflict(
    variant: tuple[int, str, str], benign: Significance
) -> None:
    assert joined(variant, said(benign)) == ("conflicting classes", "T026")
    assert joined(variant, said(U)) == ("pathogenic", None)
    assert joined(variant, said(C)) == ("pathogenic", None)


def test_a_polymorphism_that_a_table_calls_pathogenic_is_a_conflict() -> None:
    assert joined(P72R) == ("benign", None)
    assert joined(P72R, said(P)) == ("conflicting classes", "T026")
    assert joined(P72R, said(LB)) == ("benign", None)


@pytest.mark.parametrize("doubt", [U, C])
def test_a_polymorphism_stands_against_doubt(doubt: Significance) -> None:
    """A table that has P72R as uncertain would leave most of mankind open."""
    assert joined(P72R, said(doubt)) == ("benign", None)


def test_a_change_without_effect_is_what_a_source_says_of_it() -> None:
    assert joined(SYNONYMOUS) == ("no effect expected", None)
    assert joined(SYNONYMOUS, in_file(P)) == ("pathogenic", None)
    assert joined(SYNONYMOUS, in_file(U)) == ("unknown significance", None)
    assert joined(SYNONYMOUS, in_file(B)) == ("benign", None)


@pytest.mark.parametrize("variant", [LAST_BASE, SPLICE_REGION])
def test_a_possible_splice_effect_is_settled_by_a_class_of_the_bases(variant: tuple[int, str, str]) -> None:
    assert joined(variant) == ("possible splice effect", None)
    assert joined(variant, said(U)) == ("possible splice effect", None)
    assert joined(variant, said(LP, hgvs_c="c.375G>T")) == ("likely pathogenic", None)
    assert joined(variant, said(B, hgvs_c="c.375G>T")) == ("benign", None)
    assert joined(variant, in_file(LB)) == ("likely benign", None)


def test_a_benign_class_of_the_protein_says_nothing_of_splicing() -> None:
    """A functional assay expresses the protein without introns."""
    benign = said(LB, "NCI TP53 Database", hgvs_p="p.Thr125=")
    assert joined(LAST_BASE, benign) == ("possible splice effect", None)
    assert joined(LAST_BASE, benign, said(B, hgvs_c="c.375G>T")) == ("benign", None)
    near_splice = (7578373, "T", "C")
    assert joined(near_splice, said(LB, hgvs_p="p.Asp186Gly")) == ("possible splice effect", None)


# The hotspot: residue and change


def test_the_hotspot_change_itself_weighs_more_than_another_at_its_residue() -> None:
    (exact,), (other,) = observed(HOTSPOT).classes, observed(OTHER_AT_HOTSPOT).classes
    assert exact.significance is P
    assert re.fullmatch(r"hotspot change R175H \(\d+ of \d+ tumors in cancerhotspots v2\)", exact.words)
    assert other.significance is LP
    assert re.fullmatch(r"another change at the hotspot residue R175 \(\d+ tumors in cancerhotspots v2\)", other.words)


def test_both_kinds_of_hotspot_count() -> None:
    assert answer(evaluate(HOTSPOT)) == (Status.NOT_MET, ["T002"])
    call = evaluate(OTHER_AT_HOTSPOT)
    assert answer(call) == (Status.NOT_MET, ["T002"])
    assert (shown(call).hgvs_p, shown(call).classification) == ("p.Arg175Asn", "likely pathogenic")


# A protocol's strictness, every class under each

ALL = {
    "a known pathogenic one": (VUS, (P,)),
    "a likely pathogenic one": (VUS, (LP,)),
    "an unclassified missense change": (VUS, ()),
    "one of uncertain significance": (VUS, (U,)),
    "one that sources disagree on": (VUS, (P, B)),
    "one ClinVar reports as conflicting": (VUS, (C,)),
    "benign or uncertain": (VUS, (B, U)),
    "a likely benign one": (VUS, (LB,)),
    "a benign one": (VUS, (B,)),
    "a polymorphism": (P72R, ()),
    "nonsense": (NONSENSE, ()),
    "nonsense that a table calls benign": (NONSENSE, (B,)),
    "without effect": (SYNONYMOUS, ()),
    "without effect, uncertain": (SYNONYMOUS, (U,)),
    "a possible splice effect": (LAST_BASE, ()),
}
DEFAULT = {
    "a known pathogenic one": "T002",
    "a likely pathogenic one": "T002",
    "an unclassified missense change": "T003",
    "one of uncertain significance": "T003",
    "one that sources disagree on": "T026",
    "one ClinVar reports as conflicting": "T027",
    "benign or uncertain": "T027",
    "a likely benign one": "T001",
    "a benign one": "T001",
    "a polymorphism": "T001",
    "nonsense": "T002",
    "nonsense that a table calls benign": "T026",
    "without effect": "T001",
    "without effect, uncertain": "T003",
    "a possible splice effect": "T004",
}
UNKNOWN_COUNTS = {
    "an unclassified missense change": "T028",
    "one of uncertain significance": "T028",
    "without effect, uncertain": "T028",
}
ANY_COUNTS = {
    "an unclassified missense change": "T028",
    "one of uncertain significance": "T028",
    "one that sources disagree on": "T028",
    "one ClinVar reports as conflicting": "T028",
    "benign or uncertain": "T028",
    "a likely benign one": "T028",
    "a benign one": "T028",
    "nonsense that a table calls benign": "T028",
}
STATUS = {"T001": Status.MET, "T002": Status.NOT_MET, "T028": Status.NOT_MET}


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize(
    ("strictness", "expected"),
    [
        ("pathogenic_or_likely", DEFAULT),
        ("pathogenic_plus_vus", DEFAULT | UNKNOWN_COUNTS),
        ("any_nonsynonymous", DEFAULT | ANY_COUNTS),
    ],
)
def test_each_reading_of_wild_type_on_each_class(kind: str, strictness: str, expected: dict[str, str]) -> None:
    variant, classes = ALL[kind]
    call = evaluate(variant, *(said(one, f"source {n}") for n, one in enumerate(classes)), strictness=strictness)
    code = expected[kind]
    assert answer(call) == (STATUS.get(code, Status.INDETERMINATE), [code])


def test_the_shipped_protocol_reads_pathogenic_or_likely() -> None:
    assert eb.protocol().local[1].model_dump()["strictness"] == "pathogenic_or_likely"


def test_a_variant_the_protocol_counts_says_so() -> None:
    (reason,) = evaluate(VUS, strictness="pathogenic_plus_vus").reasons
    assert reason.message.endswith("the protocol counts unknown significance")
    (reason,) = evaluate(VUS, said(B), strictness="any_nonsynonymous").reasons
    assert reason.message.endswith("lab.tsv says benign; the protocol counts every change of the protein")


@pytest.mark.parametrize("strictness", ["pathogenic_plus_vus", "any_nonsynonymous"])
def test_a_variant_the_protocol_counts_is_weighed_as_any_other(strictness: str) -> None:
    assert answer(evaluate(VUS, strictness=strictness, filters=()))[1] == ["T006"]
    assert answer(evaluate(VUS, strictness=strictness, filters=("weak",)))[1] == ["T005"]


def test_an_in_frame_change_is_pathogenic_where_a_source_says_so_and_else_reviewed() -> None:
    bases = tp53_bases(Build.GRCH37)
    codon = (7578455, "".join(bases[7578455 + i] for i in range(4)), bases[7578455])
    assert answer(evaluate(codon)) == (Status.INDETERMINATE, ["T003"])
    assert answer(evaluate(codon, said(LP))) == (Status.NOT_MET, ["T002"])
    assert answer(evaluate(codon, said(B))) == (Status.MET, ["T001"])


# What is shown


def test_conflicting_sources_are_both_shown_with_their_lines() -> None:
    call = evaluate(VUS, said(P, "lab.tsv"), said(B, "ClinVar"))
    (reason,) = call.reasons
    assert "sources disagree: lab.tsv says pathogenic; ClinVar says benign" in reason.message
    assert [str(source) for source in reason.evidence] == ["made.vcf line 30", "lab.tsv line 7", "ClinVar line 7"]
    assert reason.flag == "tp53_conflicting_classes"
    assert reason.resolve


def test_a_conflict_is_reviewed_whatever_the_filter_says() -> None:
    call = evaluate(VUS, said(P), said(B, "ClinVar"), filters=("weak_evidence",))
    assert answer(call) == (Status.INDETERMINATE, ["T026"])
    call = evaluate(VUS, said(P), said(B, "ClinVar"), presence=Presence.NO_CALL)
    assert answer(call) == (Status.INDETERMINATE, ["T026"])


def test_the_variant_lists_every_source_in_its_own_words() -> None:
    variant = shown(evaluate(HOTSPOT, in_file(U)))
    assert [(one.origin, one.significance) for one in variant.class_sources] == [
        ("ClinVar", U),
        ("cancerhotspots v2", P),
    ]
    assert shown(evaluate(NONSENSE)).class_sources[0].origin == "consequence"
    assert shown(evaluate(P72R)).class_sources[0].words.startswith("known polymorphism (rs1042522")
    assert shown(evaluate(VUS)).class_sources == ()


@pytest.mark.parametrize(
    ("variant", "domain"),
    [
        (HOTSPOT, "DNA binding"),
        ((7579912, "T", "C"), "transactivation"),  # the start codon
        ((7574017, "C", "T"), "tetramerisation"),  # R337H
        (P72R, None),
        (SYNONYMOUS, None),
        ((7578370, "C", "T"), None),  # a splice site: which residues go is not known
    ],
)
def test_the_domain_of_the_protein_is_context(variant: tuple[int, str, str], domain: str | None) -> None:
    assert shown(evaluate(variant)).domain == domain


@pytest.mark.parametrize(
    ("residues", "domain"),
    [
        ((44,), "transactivation"),
        ((45,), None),
        ((101,), None),
        ((102,), "DNA binding"),
        ((292,), "DNA binding"),
        ((293,), None),
        ((325,), "tetramerisation"),
        ((356,), "tetramerisation"),
        ((368,), "regulatory"),
        ((388,), None),
        ((), None),
        (tuple(range(290, 330)), "DNA binding and tetramerisation"),
    ],
)
def test_borders_of_the_domains(residues: tuple[int, ...], domain: str | None) -> None:
    """UniProt P04637."""
    assert known_classes.domain(residues) == domain


# Rows of tables and the variants they mean


def through_table(variant: VariantRecord, *rows: ClassRecord) -> list[str]:
    contents = [
        eb.content("made.vcf", variants=(variant,), format="vcf", small_variants=True),
        eb.content("lab.tsv", classes=rows, format="tp53-classes"),
    ]
    (found,) = gather(contents).variants
    return [one.words for one in found.classes if one.origin == "lab.tsv"]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ({"hgvs_c": "c.557A>G"}, True),
        ({"hgvs_p": "p.Asp186Gly"}, True),
        ({"hgvs_c": "c.557A>G", "hgvs_p": "p.Asp186Gly"}, True),
        ({"hgvs_c": "c.557A>T"}, False),
        ({"hgvs_c": "c.557_558delinsGC", "hgvs_p": "p.Asp186Gly"}, False),  # other bases, the same protein
        ({"locus": (Build.GRCH37, 7578373, "T", "C")}, True),
        ({"locus": (Build.GRCH38, 7578373, "T", "C")}, False),
    ],
)
def test_a_row_means_a_variant_by_its_bases_else_by_its_protein(key: dict[str, Any], meant: bool) -> None:
    assert through_table(eb.variant(*VUS), said(P, **key)) == (["pathogenic"] if meant else [])


def test_a_frameshift_without_its_end_means_all_that_begin_there() -> None:
    variant = eb.variant(7579470, "CG", "C")  # p.Val73TrpfsTer50
    assert through_table(variant, said(B, hgvs_p="p.Val73fs")) == ["benign"]
    assert through_table(variant, said(B, hgvs_p="p.Val73TrpfsTer50")) == ["benign"]
    assert through_table(variant, said(B, hgvs_p="p.Val73ArgfsTer76")) == []
    assert through_table(variant, said(B, hgvs_p="p.Pro72fs")) == []


def test_a_protein_of_unknown_effect_is_no_key() -> None:
    assert through_table(eb.variant(7578370, "C", "T"), said(B, hgvs_p="p.?")) == []


# Public lists


# Residues that cancerhotspots v2 holds for nonsense alone: one base makes a stop of each. A missense change there has
# no tumor count behind it and goes to review.
NONSENSE_HOTSPOTS = {104, 146, 165, 192, 196, 213, 298, 306, 331, 342}


def test_the_hotspots_of_cancerhotspots_count(tell: Callable[[str], None]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    undecided: set[int] = set()
    for build in Build:
        for row in shared(f"tp53_variants/cancerhotspots_v2_{build}.tsv").read_text().splitlines():
            contig, pos, ref, alt, gene, kind, _, _ = row.split("\t")
            if gene != "TP53" or "-" in (ref, alt):
                continue
            record = eb.variant(int(pos), ref, alt, contig=contig)
            consequence = predict(build, int(pos), ref, alt)
            classes = known_classes.of_variant(record, build, consequence, {})
            variant = ObservedVariant(record=record, build=build, consequence=consequence, classes=classes)
            name = tp53_classes.classify(variant).name
            counts[kind, name] += 1
            undecided |= set(consequence.residues) if name not in tp53_classes.DISQUALIFYING else set()
    tell(f"cancerhotspots v2, TP53 substitutions on both builds: {dict(counts)}")
    assert counts == {
        ("Missense_Mutation", "pathogenic"): 2 * 431,
        ("Missense_Mutation", "likely pathogenic"): 2,  # E258D with D259H in one record
        ("Missense_Mutation", "unknown significance"): 2 * 17,
        ("Nonsense_Mutation", "pathogenic"): 2 * 43,
        ("DEL", "pathogenic"): 2,
    }
    assert undecided == NONSENSE_HOTSPOTS


def test_clinvars_uncertain_variants_stay_undecided_but_at_hotspots(tell: Callable[[str], None]) -> None:
    """The table is passed as the laboratory's own; each row's variant is then observed in a tumor."""
    content = read_classes(shared("tp53_variants/clinvar_tp53_vus.csv"), Options())
    tables = known_classes.index(content.classes)
    counts: Counter[str] = Counter()
    for row in content.classes:
        locus = hgvs.locus(row.hgvs_c or "")
        if locus is None:
            counts["beyond the bases known here"] += 1
            continue
        record = eb.variant(*locus)
        consequence = predict(Build.GRCH38, *locus)
        classes = known_classes.of_variant(record, Build.GRCH38, consequence, tables)
        assert row in classes
        variant = ObservedVariant(record=record, build=Build.GRCH38, consequence=consequence, classes=classes)
        found = tp53_classes.classify(variant)
        counts[found.name] += 1
        hotspot = any(one.origin == known_classes.HOTSPOTS for one in classes)
        lost = any(one.origin == tp53_classes.CONSEQUENCE for one in found.sources)
        polymorphism = any(one.origin == known_classes.POLYMORPHISMS for one in classes)
        assert (found.name in tp53_classes.DISQUALIFYING) == (hotspot or lost)
        assert (found.name == "benign") == polymorphism
        assert found.name != "likely benign"
    tell(f"ClinVar's uncertain TP53 variants: {dict(counts)}, {content.file.records.dropped}")
    assert sum(counts.values()) == 1205
