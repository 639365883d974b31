"""Every error a user can cause. A class owns its exit code and a short code for failure lists."""

from collections.abc import Sequence
from typing import ClassVar


class Mdm2screenError(Exception):
    """What is wrong, where, and what to do about it.

    ``what`` is a sentence; ``where`` names file, line or locus; ``remedy`` says what to do.
    """

    exit_code: ClassVar[int] = 1
    code: ClassVar[str] = "internal"

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        remedy = f"\n  What to do: {self.remedy}" if self.remedy else ""
        return f"{where}{self.what}{remedy}"


class UsageError(Mdm2screenError):
    """An option or a combination of options that means nothing."""

    exit_code = 2
    code = "usage"


class InputError(Mdm2screenError):
    """A file that cannot be used."""

    exit_code = 3
    code = "input"


class FileAccessError(InputError):
    """Missing, a directory, not readable, or empty."""

    code = "input.access"


class TruncatedFileError(InputError):
    """A file that ends before its end."""

    code = "input.truncated"


class UnknownFormatError(InputError):
    """No reader recognises the content."""

    code = "input.unknown_format"


class AmbiguousFormatError(InputError):
    """More than one reader recognises the content."""

    code = "input.ambiguous_format"


class MalformedFileError(InputError):
    """A line or field that does not parse."""

    code = "input.malformed"


class ScaleError(InputError):
    """The scale of a copy-number value cannot be told from the file."""

    code = "input.scale"


class SampleError(InputError):
    """The tumor sample is absent, or cannot be told from others."""

    code = "input.sample"


class BuildError(InputError):
    """The genome build is not proven, or is contradicted."""

    code = "input.build"


class ReferenceMismatchError(BuildError):
    """REF is not the base of the reference: wrong build or corrupted file."""

    code = "input.reference"


class SchemaVersionError(InputError):
    """A decision file of a schema version that this mdm2screen cannot use."""

    code = "input.schema_version"


class DigestError(InputError):
    """A decision file whose content is not what was written."""

    code = "input.digest"


class SamplesheetError(InputError):
    """A samplesheet with faults; ``faults`` lists all of them, of which the message shows the first ``shown``."""

    code = "input.samplesheet"

    def __init__(self, what: str, faults: Sequence[str], *, where: str | None = None, shown: int = 100) -> None:
        listing = "".join(f"\n  - {fault}" for fault in faults[:shown])
        more = f"\n  - and {len(faults) - shown} more" if len(faults) > shown else ""
        plural = "s" if len(faults) > 1 else ""
        super().__init__(
            f"{what} has {len(faults)} fault{plural}:{listing}{more}",
            where=where,
            remedy="mend the sheet; nothing was run. 'mdm2screen batch --help' names the columns",
        )
        self.faults = tuple(faults)


class ProtocolError(Mdm2screenError):
    """A protocol that cannot be used; ``faults`` lists all of them."""

    exit_code = 4
    code = "protocol"

    def __init__(
        self, what: str, faults: tuple[str, ...] = (), *, where: str | None = None, remedy: str | None = None
    ) -> None:
        listing = "".join(f"\n  - {fault}" for fault in faults)
        remedy = remedy or "pass an identifier that 'mdm2screen protocols' lists, or the path of a .toml file"
        if faults:
            remedy = "'mdm2screen protocols show mantra-2' prints a protocol that is valid, to compare"
        super().__init__(what + listing, where=where, remedy=remedy)
        self.faults = faults
