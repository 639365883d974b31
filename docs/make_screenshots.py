"""Photographs the first screen of one page per decision into ``docs/images/``. All patients are made.

Needs Chromium (Debian: ``apt-get install chromium``). Run from the repository:
``python docs/make_screenshots.py``.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mdm2screen import Decision, confirm, data, load_protocol, read_sample
from mdm2screen.decision import Role, Sample
from mdm2screen.reports import html
from mdm2screen.screening import screen_demo

IMAGES = Path(__file__).parent / "images"
WINDOW = "1280,800"
LARGEST = 150_000
"""Bytes of one picture: the repository is cloned by everybody."""

_DEMO = Path(data.__file__).parent / "demo"
_CENTRAL_COPIES = {"confirmed": "9.6", "not-confirmed": "4.3"}
"""MDM2 of the made central results, on both sides of the protocol's central threshold of 8."""
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", f"--window-size={WINDOW}",
)  # fmt: skip


def decisions(folder: Path) -> Iterator[tuple[str, Decision]]:
    """A made patient for each answer, by the name of its picture. ``folder`` takes the files of the central results."""
    local = screen_demo("demo-eligible")
    yield "eligible", local
    yield "not-eligible", screen_demo("demo-not-eligible")
    yield "indeterminate", screen_demo("demo-indeterminate")
    for name, copies in _CENTRAL_COPIES.items():
        yield name, confirm(local, central_sample(folder / name, copies), patient=local.patient)


def central_sample(folder: Path, copies: str) -> Sample:
    """The eligible demo patient as a central laboratory might find it, with other ``copies`` of MDM2."""
    folder.mkdir()
    vcf, cnv = folder / "central.vcf", folder / "central.purple.cnv.gene.tsv"
    vcf.write_text((_DEMO / "demo-eligible.vcf").read_text().replace("TUMOR", "CENTRAL"))
    table = (_DEMO / "demo-eligible.purple.cnv.gene.tsv").read_text()
    cnv.write_text(table.replace("21.4000", copies))
    return read_sample(vcf, cnv, name="demo-eligible", role=Role.CENTRAL, assay="wes")


def photograph(browser: str, page: Path, picture: Path, profile: Path, *more: str) -> None:
    """The first screen of a page as PNG. Raises subprocess.CalledProcessError."""
    command = [browser, *_FLAGS, f"--user-data-dir={profile}", *more, f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def main() -> int:
    """All pictures; 1 where one is larger than it may be."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.stderr.write("no Chromium here (Debian: apt-get install chromium)\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, decision in decisions(folder):
            page, picture = folder / f"{name}.html", IMAGES / f"report-{name}.png"
            page.write_text(html.render(decision, load_protocol(decision.protocol.id)))
            photograph(browser, page, picture, folder / "profile")
            if picture.stat().st_size > LARGEST:
                sys.stderr.write(f"{picture.name} is larger than {LARGEST} bytes\n")
                return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
