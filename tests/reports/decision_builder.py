"""One good decision of made values; every builder takes changes of single fields."""

from typing import Any

from mdm2screen.callability_result import Callability, Exposure
from mdm2screen.decision import CentralConfirmation, Decision
from mdm2screen.mdm2_finding import (
    Agreement,
    AgreementVerdict,
    AmpliconContext,
    AmplifiedStretch,
    Extent,
    FileCopies,
    Firmness,
    Flip,
    Neighbour,
    NeighbourState,
    Robustness,
)
from mdm2screen.records import Build, InputFile, RecordCounts, Reference, Source
from mdm2screen.results import (
    Branch,
    CallSummary,
    CentralStatus,
    Disposition,
    Eligibility,
    Interval,
    Mdm2Finding,
    Mdm2Source,
    ProtocolReference,
    Reason,
    SiteCheck,
    Software,
    Status,
    Tp53Finding,
    Tp53Variant,
)

CNS_LINE = Source(file="P1.call.cns", line=214, locus="chr12:68500001-70100000")


def reason(**changes: Any) -> Reason:
    fields: dict[str, Any] = {
        "code": "M001",
        "message": "MDM2 has 14.2 tumor copies; the protocol asks for 12 or more",
        "evidence": (CNS_LINE,),
    }
    return Reason(**(fields | changes))


def call(**changes: Any) -> CallSummary:
    fields: dict[str, Any] = {
        "criterion": "mdm2_amplification",
        "status": Status.MET,
        "reasons": (reason(),),
    }
    return CallSummary(**(fields | changes))


def branch(**changes: Any) -> Branch:
    fields: dict[str, Any] = {
        "measure": "copies",
        "threshold": 12.0,
        "status": Status.MET,
        "interval": Interval(low=14.2, high=14.2),
        "margin": 14.2 - 12,
    }
    return Branch(**(fields | changes))


def mdm2_source(**changes: Any) -> Mdm2Source:
    fields: dict[str, Any] = {
        "file": "P1.call.cns",
        "producer": "CNVkit",
        "scale": "log2_ratio",
        "reference": "diploid",
        "purity_state": "uncorrected",
        "lowest": 2.19,
        "mean": 2.31,
        "highest": 2.44,
        "segments": 2,
        "covered_fraction": 1.0,
        "interval": Interval(low=14.2, high=14.2),
        "status": Status.MET,
        "evidence": (CNS_LINE,),
    }
    return Mdm2Source(**(fields | changes))


def robustness(**changes: Any) -> Robustness:
    flip = Flip(quantity="purity", value=0.718, at=2.1, reference=Reference.SAMPLE)
    fields: dict[str, Any] = {"verdict": Firmness.FRAGILE, "depends_on": ("purity",), "flips": (flip,)}
    return Robustness(**(fields | changes))


def agreement(**changes: Any) -> Agreement:
    value = FileCopies(file="P1.call.cns", interval=Interval(low=14.2, high=14.2), status=Status.MET)
    fields: dict[str, Any] = {"verdict": AgreementVerdict.ONE_SOURCE, "values": (value,)}
    return Agreement(**(fields | changes))


def amplicon(**changes: Any) -> AmpliconContext:
    fields: dict[str, Any] = {
        "raised": True,
        "stretch": AmplifiedStretch(start=68500001, end=70100000, segments=3, unmeasured=200000, extent=Extent.FOCAL),
        "others": 2,
        "neighbours": (
            Neighbour(gene="CDK4", value=3.5, state=NeighbourState.WITH_MDM2),
            Neighbour(gene="HMGA2", value=-0.43, state=NeighbourState.NOT_RAISED),
            Neighbour(gene="MDM1", value=None, state=NeighbourState.NOT_MEASURED),
            Neighbour(gene="FRS2", value=None, state=NeighbourState.NOT_MEASURED),
        ),
        "ecdna": ("ecDNA+",),
    }
    return AmpliconContext(**(fields | changes))


def mdm2(**changes: Any) -> Mdm2Finding:
    fold = branch(measure="fold", threshold=6.0, interval=Interval(low=7.1, high=7.1), margin=7.1 - 6)
    fields: dict[str, Any] = {
        "copies": 14.2,
        "fold": 7.1,
        "scale": "tumor_copies",
        "interval": Interval(low=14.2, high=14.2),
        "covered_fraction": 1.0,
        "purity": 0.6,
        "purity_source": Source(file="options"),
        "ploidy": 2.1,
        "ploidy_source": Source(file="P1.purple.purity.tsv"),
        "branches": (branch(), fold),
        "robustness": robustness(),
        "agreement": agreement(),
        "sources": (mdm2_source(),),
    }
    return Mdm2Finding(**(fields | changes))


def variant(**changes: Any) -> Tp53Variant:
    """R175H: takes wild-type away."""
    fields: dict[str, Any] = {
        "locus": "17:7675088",
        "ref": "C",
        "alt": "T",
        "hgvs_c": "c.524G>A",
        "hgvs_p": "p.Arg175His",
        "consequence": "missense",
        "vaf": 0.342,
        "depth": 512,
        "filter": "PASS",
        "classification": "hotspot",
        "counts": Disposition.DISQUALIFIES,
        "why": "missense change at hotspot residue 175",
        "source": Source(file="P1.vcf.gz", line=88231, locus="chr17:7675088"),
    }
    return Tp53Variant(**(fields | changes))


def polymorphism(**changes: Any) -> Tp53Variant:
    """P72R: listed, without weight."""
    fields: dict[str, Any] = {
        "locus": "17:7676154",
        "ref": "G",
        "alt": "C",
        "hgvs_c": "c.215C>G",
        "hgvs_p": "p.Pro72Arg",
        "vaf": 0.51,
        "depth": 433,
        "classification": "benign",
        "counts": Disposition.IGNORED,
        "why": "known benign polymorphism",
        "source": Source(file="P1.vcf.gz", line=88240, locus="chr17:7676154"),
    }
    return variant(**(fields | changes))


def callability(**changes: Any) -> Callability:
    fields: dict[str, Any] = {"exposure": Exposure.DECLARED, "assay": "wes", "bases": 1222, "covered": 1222}
    return Callability(**(fields | changes))


def tp53(**changes: Any) -> Tp53Finding:
    fields: dict[str, Any] = {"variants": (polymorphism(),), "callability": callability()}
    return Tp53Finding(**(fields | changes))


def central(**changes: Any) -> CentralConfirmation:
    fields: dict[str, Any] = {
        "status": CentralStatus.REQUIRED,
        "reasons": (reason(code="C001", message="no central result yet", evidence=()),),
        "flags": ("near_threshold",),
    }
    return CentralConfirmation(**(fields | changes))


def input_file(**changes: Any) -> InputFile:
    fields: dict[str, Any] = {
        "name": "P1.vcf.gz",
        "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "bytes": 4_812_331,
        "format": "vcf",
        "build": Build.GRCH38,
        "build_because": "contig lengths in the header",
        "sample": "P1_T",
        "way": "read by index",
        "records": RecordCounts(total=None, in_windows=3, used=1, dropped={"reference genotype": 2}),
    }
    return InputFile(**(fields | changes))


def segment_file(**changes: Any) -> InputFile:
    fields: dict[str, Any] = {
        "name": "P1.call.cns",
        "sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
        "bytes": 20_433,
        "format": "cnvkit_segments",
        "build_because": "--build",
        "sample": None,
        "way": "whole file read",
        "records": RecordCounts(total=301, in_windows=2, used=2),
    }
    return input_file(**(fields | changes))


def protocol(**changes: Any) -> ProtocolReference:
    fields: dict[str, Any] = {
        "id": "mantra-2",
        "version": "1.0",
        "digest": "d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592",
        "title": "MANTRA-2: milademetan in MDM2-amplified, TP53 wild-type solid tumors",
        "status": "terminated",
    }
    return ProtocolReference(**(fields | changes))


def calls() -> tuple[CallSummary, ...]:
    return (
        call(),
        call(
            criterion="tp53_wild_type",
            reasons=(
                reason(
                    code="T001",
                    message="no variant takes wild-type away, and the assay (declared: wes) covers all of TP53",
                    evidence=(Source(file="P1.vcf.gz"),),
                ),
            ),
        ),
        call(
            criterion="tumor_type",
            reasons=(reason(code="D001", message="BLCA is not an excluded tumor type", evidence=()),),
        ),
    )


def decision(**changes: Any) -> Decision:
    """Eligible, central confirmation required."""
    fields: dict[str, Any] = {
        "patient": "P1",
        "protocol": protocol(),
        "headline": "eligible on local testing; central confirmation required",
        "molecular": Eligibility.ELIGIBLE,
        "eligibility": Eligibility.ELIGIBLE,
        "central_confirmation": central(),
        "calls": calls(),
        "mdm2": mdm2(),
        "tp53": tp53(),
        "tumor_type": "BLCA",
        "build": Build.GRCH38,
        "verify_at_site": (
            SiteCheck(item="age 18 years or more", source="trial abstract"),
            SiteCheck(item="no earlier MDM2 inhibitor", source="sister trial"),
        ),
        "inputs": (input_file(), segment_file()),
        "software": Software(version="0.1.0"),
    }
    return Decision(**(fields | changes))
