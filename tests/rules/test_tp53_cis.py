"""TP53 changes of one codon, or of one frame, on one molecule: what they do to wild-type."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evidence_builder as eb
import vcf_builder as vb
from mdm2screen import screen
from mdm2screen.errors import MalformedFileError
from mdm2screen.genes import reverse_complement
from mdm2screen.records import Build, FilterKind, Phase, Presence, VariantRecord
from mdm2screen.results import Call, Disposition, Status, Tp53Variant
from test_cis import codons, deletion, insertion, rows, snv
from tp53_sequence import gene, position

CIS = {"phase": Phase(group="PS 1", haplotypes=(1,))}
OTHER = {"phase": Phase(group="PS 1", haplotypes=(0,))}


def call(*records: VariantRecord) -> Call:
    content = eb.content("made.vcf", variants=records, format="vcf", small_variants=True)
    return eb.protocol().local[1].evaluate(eb.gather([content], assay="wes"))


def codes(found: Call) -> list[str]:
    return [reason.code for reason in found.reasons]


def shown(found: Call) -> dict[str | None, Tp53Variant]:
    assert found.tp53 is not None
    return {variant.hgvs_c: variant for variant in found.tp53.variants}


def test_two_silent_bases_that_make_another_residue_together() -> None:
    """Arg213 CGA: AGA and CGC are arginine, AGC is serine."""
    for silent in (snv("637", "A", **CIS), snv("639", "C", **CIS)):
        assert codes(call(silent)) == ["T001"]
    together = call(snv("637", "A", **CIS), snv("639", "C", **CIS))
    assert (together.status, codes(together)) == (Status.INDETERMINATE, ["T003"])
    variants = shown(together)
    whole = variants["c.637_639delinsAGC"]
    assert (whole.hgvs_p, whole.counts) == ("p.Arg213Ser", Disposition.REVIEW)
    assert whole.parts == ("c.637C>A", "c.639A>C")
    assert "on one molecule" in whole.why
    for part in whole.parts:
        assert variants[part].counts is Disposition.IGNORED
        assert variants[part].part_of == "c.637_639delinsAGC"
        assert variants[part].classification == "part of a combined change"


def test_a_nonsense_change_that_its_neighbor_takes_back_does_not_count() -> None:
    """Arg213 CGA: c.637C>T is TGA, a stop; with c.639A>G it is TGG, tryptophan."""
    alone = call(snv("637", "T"))
    assert (alone.status, codes(alone)) == (Status.NOT_MET, ["T002"])
    together = call(snv("637", "T", **CIS), snv("639", "G", **CIS))
    assert (together.status, codes(together)) == (Status.INDETERMINATE, ["T003"])
    assert shown(together)["c.637_639delinsTGG"].hgvs_p == "p.Arg213Trp"


@pytest.mark.parametrize("changes", [{"filters": ("weak_evidence",)}, {"filters": ()}])
def test_a_stop_is_not_taken_back_by_a_neighbor_that_is_called_less_well(changes: dict[str, Any]) -> None:
    found = call(snv("637", "T", **CIS), snv("639", "G", **changes, **CIS))
    assert found.status is Status.NOT_MET
    assert shown(found)["c.637C>T"].counts is Disposition.DISQUALIFIES


def test_a_missense_change_is_not_made_silent_by_a_neighbor_that_the_caller_rejects() -> None:
    """Leu194 CTT: TTT is phenylalanine, TTA leucine."""
    found = call(snv("580", "T", **CIS), snv("582", "A", filters=("weak_evidence",), **CIS))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


def test_a_rejected_stop_is_not_forgotten_for_a_rejected_neighbor() -> None:
    rejected = {"filters": ("weak_evidence",)} | CIS
    found = call(snv("637", "T", **rejected), snv("639", "G", **rejected))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T005"])


def test_a_stop_beside_a_germline_variant_of_its_codon_still_counts() -> None:
    """Gln CAG: TAG is a stop, and so is TAA."""
    first = next(c for c in range(1, 1180, 3) if codon(c) == "CAG")
    germline = {"filters": ("germline",), "filter_kinds": (FilterKind.GERMLINE,)} | CIS
    found = call(snv(str(first), "T", **CIS), snv(str(first + 2), "A", **germline))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


def test_on_two_molecules_each_is_judged_alone() -> None:
    found = call(snv("637", "T", **CIS), snv("639", "G", **OTHER))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


def test_a_stop_that_may_be_taken_back_is_open_where_the_phase_is_not_known() -> None:
    found = call(snv("637", "T"), snv("639", "G"))
    assert found.status is Status.INDETERMINATE
    assert set(codes(found)) == {"T021"}
    assert all("p.Arg213Trp" in reason.message for reason in found.reasons)
    assert all(reason.resolve for reason in found.reasons)
    assert shown(found)["c.637C>T"].counts is Disposition.REVIEW


@pytest.mark.parametrize("changes", [{"filters": ("weak_evidence",)}, {"presence": Presence.NO_CALL}])
def test_a_neighbor_that_the_caller_rejects_casts_no_doubt(changes: dict[str, Any]) -> None:
    found = call(snv("637", "T"), snv("639", "G", **changes))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


def test_a_neighbor_called_less_well_casts_no_doubt_where_it_would_change_nothing() -> None:
    """Gln CAG: TAG is a stop, and so is TAA with a third base that no filter was applied to."""
    first = next(c for c in range(1, 1180, 3) if codon(c) == "CAG")
    found = call(snv(str(first), "T"), snv(str(first + 2), "A", filters=()))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


def codon(c: int) -> str:
    """Three coding bases from a c. position on; none where an intron parts them."""
    low, high = position(str(c + 2)), position(str(c))
    return reverse_complement(gene(low, high)) if high - low == 2 else ""


def test_where_unfiltered_calls_count_an_unfiltered_neighbor_casts_doubt() -> None:
    records = (snv("637", "T", filters=()), snv("639", "G", filters=()))
    content = eb.content("made.vcf", variants=records, format="vcf", small_variants=True)
    rule = eb.protocol().local[1].model_copy(update={"unfiltered": "count"})
    found = rule.evaluate(eb.gather([content], assay="wes"))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T021"])


def test_two_silent_bases_of_unknown_phase_that_would_make_another_residue_go_to_review() -> None:
    found = call(snv("637", "A"), snv("639", "C"))
    assert (found.status, codes(found)) == (Status.INDETERMINATE, ["T021"])
    (reason,) = found.reasons
    assert "p.Arg213Ser" in reason.message
    assert len(reason.evidence) == 2
    assert reason.flag == "tp53_phase"
    assert [variant.counts for variant in shown(found).values()] == [Disposition.IGNORED] * 2


def test_phase_is_not_asked_for_where_it_changes_nothing() -> None:
    """Two missense changes of unknown significance in one codon make a third of unknown significance."""
    assert codes(call(snv("847", "A"), snv("848", "A"))) == ["T003", "T003"]
    # at a hotspot residue both count alone and together
    assert codes(call(snv("523", "T"), snv("524", "A"))) == ["T002", "T002"]


def test_two_changes_that_each_count_may_be_silent_together() -> None:
    """Ser241 TCC: ACC is threonine, TGC cysteine, AGC serine."""
    alone = [snv("721", "A"), snv("722", "G")]
    assert codes(call(*alone)) == ["T021"]
    together = call(*[record.model_copy(update=CIS) for record in alone])
    assert (together.status, codes(together)) == (Status.MET, ["T001"])
    assert shown(together)["c.721_722delinsAG"].hgvs_p == "p.Ser241="


def test_a_change_in_clearly_more_reads_counts_alone_too() -> None:
    stop = snv("637", "T", vaf=0.5, depth=500, **CIS)
    found = call(stop, snv("639", "G", vaf=0.1, depth=500, **CIS))
    assert found.status is Status.NOT_MET
    assert shown(found)["c.637C>T"].counts is Disposition.DISQUALIFIES
    assert shown(found)["c.637_639delinsTGG"].counts is Disposition.REVIEW


def test_a_known_polymorphism_is_none_with_its_neighbor() -> None:
    """P72R is benign; with c.214C>T on the same molecule the residue is cysteine."""
    found = call(snv("215", "G", **CIS), snv("214", "T", **CIS))
    assert codes(found) == ["T003"]
    assert shown(found)["c.214_215delinsTG"].hgvs_p == "p.Pro72Cys"


def test_frameshifts_that_restore_the_frame_still_count() -> None:
    found = call(deletion("523", 1, **CIS), insertion("540", "A", **CIS))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002", "T002", "T022"])
    said = found.reasons[-1]
    assert "restore the reading frame (c.523_540delins" in said.message
    assert said.flag == "tp53_frame_restored"
    assert len(said.evidence) == 2


def test_frameshifts_of_unknown_phase_are_judged_alone() -> None:
    assert codes(call(deletion("523", 1), insertion("540", "A"))) == ["T002", "T002"]


def test_one_codon_in_two_exons_is_told() -> None:
    found = call(snv("781", "G", **CIS), snv("783", "A", **CIS))
    assert "T021" in codes(found)
    assert "an intron parts" in next(r.message for r in found.reasons if r.code == "T021")


def test_variants_of_two_files_are_never_joined() -> None:
    contents = [
        eb.content(name, variants=(record,), format="vcf", small_variants=True)
        for name, record in (("a.vcf", snv("637", "T", **CIS)), ("b.vcf", snv("639", "G", **CIS)))
    ]
    found = eb.protocol().local[1].evaluate(eb.gather(contents, assay="wes"))
    assert (found.status, codes(found)) == (Status.NOT_MET, ["T002"])


@given(codons(), st.permutations([0, 1, 2]))
def test_a_change_in_rows_is_judged_as_in_one_row_in_any_order(change: tuple[int, str, str], order: list[int]) -> None:
    parts = rows(change, **CIS)
    parts = [parts[index] for index in order if index < len(parts)]
    whole, split = call(eb.variant(*change)), call(*parts)
    assert (whole.status, codes(whole)) == (split.status, codes(split))
    assert set(shown(whole)) < set(shown(split))


@given(codons(), st.sampled_from([("PASS",), ("weak_evidence",), ()]))
def test_knowing_less_of_the_phase_never_makes_wild_type(
    change: tuple[int, str, str], filters: tuple[str, ...]
) -> None:
    """MET without phase only where the changes are MET alone and together."""
    unphased = call(*rows(change, filters=filters))
    together = call(*rows(change, filters=filters, **CIS))
    if unphased.status is Status.MET:
        assert together.status is Status.MET
    if together.status is Status.NOT_MET:
        assert unphased.status is not Status.MET


# As callers write it


FORMATS = {
    "Mutect2": (["##source=Mutect2"], "GT:AD:AF:DP:PGT:PID:PS", "0|1:60,40:0.4:100:0|1:7578210_T_C:7578210", "."),
    "HaplotypeCaller": ([], "GT:AD:DP:PGT:PID", "0/1:60,40:100:0|1:7578210_T_C", "."),
    "DRAGEN": ([], "GT:AD:AF:DP:PS", "0|1:60,40:0.4:100:7578210", "MNVTAG=17:7578210_TCG->CCA"),
    "WhatsHap": ([], "GT:AD:DP:PS", "0|1:60,40:100:7578210", "."),
    "Octopus": ([], "GT:AD:DP:PS", "0|0|1:60,40:100:7578210", "."),
}


@pytest.mark.parametrize("caller", FORMATS)
def test_phase_as_callers_write_it(caller: str, tmp_path: Path) -> None:
    """R213W, c.637C>T with c.639A>G, in two rows."""
    extra, format_, sample, info = FORMATS[caller]
    path = vb.vcf(
        tmp_path / "s.vcf",
        vb.record("17", 7578210, "T", "C", info=info, format_=format_, samples=(sample,)),
        vb.record("17", 7578212, "G", "A", info=info, format_=format_, samples=(sample,)),
        extra=extra,
    )
    decision = screen(path, assay="wes")
    assert decision.tp53 is not None
    open_ = [(v.hgvs_p, v.counts) for v in decision.tp53.variants if v.counts is not Disposition.IGNORED]
    assert open_ == [("p.Arg213Trp", Disposition.REVIEW)]


def test_a_caller_without_phase_leaves_it_open(tmp_path: Path) -> None:
    """Strelka2 writes no genotype at all."""
    format_ = "DP:AU:CU:GU:TU"
    path = vb.vcf(
        tmp_path / "s.vcf",
        vb.record("17", 7578210, "T", "C", format_=format_, samples=("90:0,0:40,41:0,0:50,51",)),
        vb.record("17", 7578212, "G", "A", format_=format_, samples=("90:40,41:0,0:50,51:0,0",)),
    )
    call_ = next(call for call in screen(path, assay="wes").calls if call.criterion == "tp53_wild_type")
    assert call_.status is Status.INDETERMINATE
    assert {reason.code for reason in call_.reasons} == {"T021"}


def test_dragen_lists_a_change_of_two_bases_three_times_and_it_counts_once(tmp_path: Path) -> None:
    """R175H as GC to AT: the row of both bases, unphased, and its two parts of one phase set."""
    tag = "MNVTAG=17:7578405_GC->AT"
    format_, part, whole = "GT:AD:AF:DP:PS", "0|1:60,40:0.4:100:7578405", "0/1:60,40:0.4:100"
    path = vb.vcf(
        tmp_path / "s.vcf",
        vb.record("17", 7578405, "G", "A", info=tag, format_=format_, samples=(part,)),
        vb.record("17", 7578405, "GC", "AT", info=tag, samples=(whole,)),
        vb.record("17", 7578406, "C", "T", info=tag, format_=format_, samples=(part,)),
    )
    decision = screen(path, assay="wes")
    call_ = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert [reason.code for reason in call_.reasons] == ["T002"]
    assert decision.tp53 is not None
    assert [(v.counts, v.part_of) for v in decision.tp53.variants] == [
        (Disposition.IGNORED, "c.524_525delinsAT"),
        (Disposition.DISQUALIFIES, None),
        (Disposition.IGNORED, "c.524_525delinsAT"),
    ]


def test_several_alleles_of_a_line_are_judged_each(tmp_path: Path) -> None:
    path = vb.vcf(
        tmp_path / "s.vcf",
        vb.record("17", 7578406, "C", "*,T,<NON_REF>", format_="GT:AD:DP", samples=("0/2:60,0,40,0:100",)),
        vb.record("17", 7578263, "G", "A,<*>", format_="GT:AD:DP", samples=("0/1:60,40,0:100",)),
        vb.record("17", 7578212, "G", "A,T", format_="GT:AD:DP", samples=("1/2:20,40,40:100",)),
    )
    decision = screen(path, assay="wes")
    assert decision.tp53 is not None
    proteins = {v.hgvs_p for v in decision.tp53.variants if v.counts is Disposition.DISQUALIFIES}
    assert proteins == {"p.Arg175His", "p.Arg196Ter", "p.Arg213Ter"}
    assert {v.hgvs_p for v in decision.tp53.variants} - proteins == {"p.Arg213="}


def test_a_tag_that_does_not_parse_is_an_error_with_its_line(tmp_path: Path) -> None:
    path = vb.vcf(tmp_path / "s.vcf", vb.record("17", 7578406, "C", "T", info="MNVTAG=somewhere"))
    with pytest.raises(MalformedFileError, match="MNVTAG"):
        screen(path, assay="wes")


@pytest.mark.parametrize("base", ["A", "C", "T"])
@pytest.mark.parametrize(("label", "pos"), [("375", 7579312), ("672", 7578177)])
@pytest.mark.parametrize("build", list(Build))
def test_the_last_base_of_exons_4_and_6_is_never_wild_type(
    label: str, pos: int, base: str, build: Build, tmp_path: Path
) -> None:
    """T125= and its like: silent in the code, read as splice; at c.672 two of the three change the residue, too."""
    alt = {"A": "T", "C": "G", "T": "A"}[base]
    place = pos + (96682 if build is Build.GRCH38 else 0)
    path = vb.vcf(tmp_path / "s.vcf", vb.record("17", place, "C", alt), build=build.value)
    decision = screen(path, assay="wes")
    call_ = next(call for call in decision.calls if call.criterion == "tp53_wild_type")
    assert call_.status is Status.INDETERMINATE
    assert [reason.code for reason in call_.reasons] == [
        "T003" if (label, base) in {("672", "C"), ("672", "T")} else "T004"
    ]
    assert "the last base of an exon" in call_.reasons[0].message


@pytest.mark.parametrize(
    ("pos", "ref", "alt", "code"),
    [
        (7579601, "G", "C", "T004"),  # c.97-11C>G, a new AG in the tract
        (7577164, "G", "A", None),  # c.783-9C>T, a pyrimidine for a pyrimidine
        (7578557, "G", "A", "T004"),  # c.376-3C>T, in the splice region as well
    ],
)
def test_changes_of_a_polypyrimidine_tract(pos: int, ref: str, alt: str, code: str | None) -> None:
    found = call(eb.variant(pos, ref, alt))
    assert codes(found) == [code or "T001"]
    if code is None:
        assert "as strong as it was" in next(iter(shown(found).values())).why
