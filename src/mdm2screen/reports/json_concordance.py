"""A concordance as JSON."""

from mdm2screen.concordance.result import Concordance
from mdm2screen.reports.json_report import document


def render(concordance: Concordance) -> str:
    """The concordance as indented JSON in the order of its fields; what is missing is ``null``, never left out."""
    return document(concordance)
