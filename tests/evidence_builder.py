"""Made evidence: a good patient, change what a test is about."""

import datetime
import hashlib
from typing import Any

from mdm2screen import callability
from mdm2screen.decision import Decision, Role, Sample
from mdm2screen.evidence import Evidence, GeneCopyNumber, ObservedVariant, VariantFile, gather
from mdm2screen.oncotree import lookup
from mdm2screen.protocol import TrialProtocol, load_shipped
from mdm2screen.records import (
    Build,
    FileContent,
    InputFile,
    Presence,
    PurityState,
    RecordCounts,
    Reference,
    Scale,
    SegmentRecord,
    Source,
    VariantRecord,
)
from mdm2screen.results import Software

MDM2_37 = (69201958, 69239324)


def protocol() -> TrialProtocol:
    return load_shipped("mantra-2")


def segment(value: float | None = 20.0, **changes: Any) -> SegmentRecord:
    """Corrected tumor copies over the whole of MDM2, GRCh37."""
    fields: dict[str, Any] = {
        "contig": "12",
        "start": MDM2_37[0] - 1000,
        "end": MDM2_37[1] + 1000,
        "value": value,
        "scale": Scale.TUMOR_COPIES,
        "reference": Reference.DIPLOID,
        "purity_state": PurityState.CORRECTED,
        "producer": "made",
        "source": Source(file="made.tsv", line=2),
    }
    return SegmentRecord(**(fields | changes))


def log2(value: float | None, **changes: Any) -> SegmentRecord:
    """An uncorrected log2 ratio to the sample's mean."""
    fields = {
        "scale": Scale.LOG2_RATIO,
        "reference": Reference.SAMPLE,
        "purity_state": PurityState.UNCORRECTED,
    }
    return segment(value, **(fields | changes))


def source(*segments: SegmentRecord, file: str = "made.tsv") -> GeneCopyNumber:
    return GeneCopyNumber(file=file, build=Build.GRCH37, segments=segments, silence="silence is not normal")


def variant(pos: int = 7578406, ref: str = "C", alt: str = "T", **changes: Any) -> VariantRecord:
    """TP53 c.524G>A p.Arg175His, GRCh37, passed."""
    fields: dict[str, Any] = {
        "contig": "17",
        "pos": pos,
        "ref": ref,
        "alt": alt,
        "presence": Presence.PRESENT,
        "source": Source(file="made.vcf", line=30),
        "filters": ("PASS",),
        "vaf": 0.4,
        "depth": 100,
    }
    return VariantRecord(**(fields | changes))


def observed(*records: VariantRecord) -> tuple[ObservedVariant, ...]:
    return gather([content("made.vcf", variants=records, format="vcf", small_variants=True)]).variants


def evidence(**changes: Any) -> Evidence:
    """An eligible patient: 20 corrected copies, no TP53 variant, whole exome, bladder cancer."""
    fields: dict[str, Any] = {
        "mdm2": (source(segment()),),
        "variant_files": (VariantFile(file="made.vcf", small_variants=True, reaches_tp53=True),),
        "callability": callability.of_whole_assay("wes"),
        "tumor_type": lookup("BLCA"),
    }
    return Evidence(**(fields | changes))


def content(name: str, **changes: Any) -> FileContent:
    """What a reader gives for one file, GRCh37."""
    file = InputFile(
        name=name,
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        bytes=1,
        format=changes.pop("format", "made"),
        build=Build.GRCH37,
        records=RecordCounts(total=1),
    )
    return FileContent(file=file, **changes)


def decide(given: Evidence, trial: TrialProtocol | None = None) -> Decision:
    from mdm2screen import eligibility

    return eligibility.decide(trial or protocol(), given, patient="P1", inputs=(), software=Software(version="0"))


def sample(name: str = "LOCAL_1", role: Role = Role.LOCAL, *, day: str | None = None, **changes: Any) -> Sample:
    """A sample of an eligible patient, with one file of its own; ``changes`` are those of the evidence."""
    file = content(f"{name}.vcf", format="vcf").file.model_copy(update={"sample": name})
    collected = None if day is None else datetime.date.fromisoformat(day)
    made = evidence(**changes)
    return Sample(name=name, role=role, collected=collected, inputs=(file,), evidence=made, software=_SOFTWARE)


def central(name: str = "CENTRAL_1", **changes: Any) -> Sample:
    """The same at the central laboratory."""
    return sample(name, Role.CENTRAL, **changes)


def patient(*samples: Sample, trial: TrialProtocol | None = None, prior: str | None = None) -> Decision:
    from mdm2screen import eligibility
    from mdm2screen.sample_options import prior_treatment

    treated = prior_treatment(prior)
    used = trial or protocol()
    return eligibility.decide_patient(used, samples, patient="P1", software=_SOFTWARE, mdm2_inhibitor=treated)


_SOFTWARE = Software(version="0")

__all__ = [
    "central",
    "content",
    "decide",
    "evidence",
    "gather",
    "log2",
    "observed",
    "patient",
    "protocol",
    "sample",
    "segment",
    "source",
    "variant",
]
