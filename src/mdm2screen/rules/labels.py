"""What a producer's word for a copy number may stand for, where it gives no number. Words of MDM2 and TP53 formats."""

import re

from mdm2screen import copy_number
from mdm2screen.records.base import PSEUDONYM

# DEL, LOSS, <CN0>, the -2 of a discrete table
_LOSS = re.compile(r"DEL|LOSS|CN0|(?<![A-Za-z\d.])-2(?![\d.])", re.IGNORECASE)
# AMP, Gain, <DUP>, High, the + of GATK, the equivocal of a report, the 2 of a discrete table
_GAIN = re.compile(r"AMP|GAIN|DUP|HIGH|INCREAS|EQUIVOCAL|\A\+|\A[1-9]\d*\Z", re.IGNORECASE)
_COPIES = re.compile(r"(?<![-\d.])\b\d+(?:\.\d+)?\b(?![\d.])")


def says_loss(label: str) -> bool:
    """Whether a word stands for a loss of both copies, or may."""
    return _LOSS.search(_bare(label)) is not None


def says_gain(label: str) -> bool:
    """Whether a word stands for an amplification, or may: a number within it that is above two may."""
    bare = _bare(label)
    above = (float(found[0]) > copy_number.DIPLOID for found in _COPIES.finditer(bare))
    return _GAIN.search(bare) is not None or any(above)


def _bare(label: str) -> str:
    """The word without what stands for an identifier in it, whose digits mean nothing."""
    return PSEUDONYM.sub("", label)
