"""The pages of a run's patients: one file each in ``patients/``, named so that no name of a patient can do harm.

A page is written before the journal has the patient, so that a patient in the journal has the page of that decision.
"""

import hashlib
import logging
import re
from collections.abc import Collection
from pathlib import Path

from mdm2screen.decision import Decision
from mdm2screen.protocol import TrialProtocol
from mdm2screen.reports import html
from mdm2screen.runs import whole_files

PATIENTS = "patients"
REPORT = "report.html"
_LOG = logging.getLogger(__name__)
_UNSAFE = re.compile(r"[^A-Za-z0-9]+")
_SHOWN = 40
"""Characters of a patient's name in a file name: with the digest far below what file systems allow."""
_DIGITS = 12
_OWN = re.compile(rf"\.?[A-Za-z0-9-]*[0-9a-f]{{{_DIGITS}}}\.html(\.part)?")


def file_name(patient: str) -> str:
    """The file of a patient's page: letters and digits of the name, and a digest of all of it.

    Two patients never share a file, also on a disk that does not tell ``a`` from ``A``.
    """
    shown = _UNSAFE.sub("-", patient).strip("-")[:_SHOWN].strip("-")
    digest = hashlib.sha256(patient.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{shown}-{digest}.html" if shown else f"{digest}.html"


def page(decision: Decision, protocol: TrialProtocol) -> str | None:
    """The page of a decision in a run; ``None``, and a line in the log, where a fault of mdm2screen prevents it.

    A page that cannot be made must not cost a patient the decision.
    """
    try:
        return html.render(decision, protocol, back=f"../{REPORT}")
    except Exception:
        _LOG.exception("a fault of mdm2screen in the page of a patient, please report it")
        return None


class Pages:
    """The folder of the pages of one run."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / PATIENTS

    def put(self, patient: str, text: str | None) -> None:
        """Write the page of a patient; without a text there is none any more. Raises OSError."""
        target = self.path / file_name(patient)
        if text is None:
            target.unlink(missing_ok=True)
            return
        self.path.mkdir(exist_ok=True)
        whole_files.write(target, [text])

    def complete(self, decision: Decision, protocol: TrialProtocol) -> None:
        """Make the page of a decision where it is missing. Raises OSError."""
        if self.link(decision.patient) is None:
            self.put(decision.patient, page(decision, protocol))

    def link(self, patient: str) -> str | None:
        """Where the page lies, as a link from the folder of the run; ``None`` where there is no page."""
        name = file_name(patient)
        return f"{PATIENTS}/{name}" if (self.path / name).is_file() else None

    def keep(self, patients: Collection[str]) -> None:
        """Remove pages of all others, and what an interrupted run left of one. Raises OSError."""
        if not self.path.is_dir():
            return
        known = {file_name(patient) for patient in patients}
        for path in self.path.iterdir():
            if _OWN.fullmatch(path.name) and path.name not in known:
                path.unlink()
