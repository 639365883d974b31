"""What files say of the effect of a TP53 variant, and how that stands to mdm2screen's own consequence."""

from typing import Literal

from mdm2screen.records import Model

AnnotationVerdict = Literal["agrees", "differs", "not_compared", "other_transcript", "unread"]


class AnnotationStatement(Model):
    """What one program wrote of a variant on NM_000546 or ENST00000269305, and what of it differs from mdm2screen.

    ``with_others`` marks an effect worked out of several variants together, which is not compared.
    """

    program: str
    transcript: str
    terms: tuple[str, ...]
    hgvs_c: str | None = None
    hgvs_p: str | None = None
    with_others: bool = False
    differs: tuple[Literal["consequence", "c.", "p."], ...] = ()


class AnnotationCheck(Model):
    """The annotation of one variant in the files against mdm2screen's own consequence.

    ``claims_effect``: a statement names a loss of function or a changed protein that mdm2screen does not see.
    ``note`` says what was not compared, and why.
    """

    verdict: AnnotationVerdict
    statements: tuple[AnnotationStatement, ...] = ()
    claims_effect: bool = False
    note: str | None = None
