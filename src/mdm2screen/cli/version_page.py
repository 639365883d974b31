"""What ``--version`` says: the program in the first line, then the protocols that ship. No model is built for it."""

from hashlib import sha256

from mdm2screen import data
from mdm2screen.version import __version__

_DIGITS = 12
"""So many digits of a digest are shown, as 'protocols validate' does."""


def page() -> str:
    """The version, and each shipped protocol in its latest version with the digest that a decision names."""
    lines = [f"mdm2screen {__version__}"]
    for name in data.names("protocols", ".toml"):
        content = data.toml(f"protocols/{name}.toml")
        version = [content, *content.get("amendment", ())][-1]["version"]
        whole = data.text(f"protocols/{name}.toml").replace("\r\n", "\n").rstrip("\n") + "\n"
        lines.append(f"protocol {name} {version} {sha256(whole.encode()).hexdigest()[:_DIGITS]}")
    return "\n".join(lines) + "\n"
