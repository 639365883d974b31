"""What one line of a file says, in the file's own unit, with its source.

Coordinates are 1-based and closed everywhere in this package; readers convert. Contigs are named without
``chr`` (``"12"``, ``"17"``, ``"X"``).
"""

from mdm2screen.records.base import Build, Fraction, Model, Position, Region, Source
from mdm2screen.records.copy_number import PurityState, Reference, Scale, SegmentRecord
from mdm2screen.records.files import BUILD_WAS_STATED, BuildClaim, FileContent, InputFile, RecordCounts
from mdm2screen.records.outcome import RESPONSES, BestResponse, Outcome, OutcomeTable, TimeUnit
from mdm2screen.records.sample import ContaminationRecord, FishResult, PurityRecord, QcRecord, SeenRun, Specimen
from mdm2screen.records.structural import Breakpoint, StructuralChange, StructuralKind
from mdm2screen.records.variants import (
    Annotation,
    ClassRecord,
    FilterKind,
    Phase,
    Presence,
    ReportedVariant,
    Significance,
    VariantRecord,
)

__all__ = [
    "BUILD_WAS_STATED",
    "RESPONSES",
    "Annotation",
    "BestResponse",
    "Breakpoint",
    "Build",
    "BuildClaim",
    "ClassRecord",
    "ContaminationRecord",
    "FileContent",
    "FilterKind",
    "FishResult",
    "Fraction",
    "InputFile",
    "Model",
    "Outcome",
    "OutcomeTable",
    "Phase",
    "Position",
    "Presence",
    "PurityRecord",
    "PurityState",
    "QcRecord",
    "RecordCounts",
    "Reference",
    "Region",
    "ReportedVariant",
    "Scale",
    "SeenRun",
    "SegmentRecord",
    "Significance",
    "Source",
    "Specimen",
    "StructuralChange",
    "StructuralKind",
    "TimeUnit",
    "VariantRecord",
]
