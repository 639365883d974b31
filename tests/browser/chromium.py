"""A headless Chromium that can reach nothing but files, and what tests ask of a page in it."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

# Programs by the names that Debian and others give them.
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-quic", "--window-size=1280,900",
)  # fmt: skip


def programs() -> tuple[str, str]:
    """Browser and driver; where they are absent the test is skipped, but in CI it fails."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if browser is None or driver is None:
        said = "no Chromium with its chromedriver here (Debian: apt-get install chromium chromium-driver)"
        if os.environ.get("CI"):
            pytest.fail(f"{said}; in CI the pages must be looked at")
        pytest.skip(said)
    return browser, driver


class Page:
    """A page that is open, with the few things that tests do with it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path) -> "Page":
        """Open a file as from a disk, in a window of a desk, by day; nothing before it is left in the logs."""
        self.command("Emulation.clearDeviceMetricsOverride")
        self.command("Emulation.setEmulatedMedia", media="", features=[])
        self.driver.get("about:blank")
        self.messages()
        self.requests()
        self.driver.get(path.as_uri())
        return self

    def command(self, name: str, **given: Any) -> Any:
        """A command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(name, given)

    def run(self, script: str, *given: Any) -> Any:
        """What a script returns."""
        return self.driver.execute_script(script, *given)

    def find(self, selector: str) -> Any:
        """The one element of a CSS selector."""
        (found,) = self.driver.find_elements("css selector", selector)
        return found

    def texts(self, selector: str) -> list[str]:
        """The text of all elements of a selector that can be seen."""
        return [
            str(text)
            for text in self.run(
                "return [...document.querySelectorAll(arguments[0])].filter(e => e.checkVisibility())"
                ".map(e => e.innerText.trim())",
                selector,
            )
        ]

    def press(self, *keys: str) -> None:
        """Keys, as a person without a mouse presses them."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def focused(self) -> str:
        """The text of what has the focus, or its name."""
        return str(
            self.run(
                "const e = document.activeElement; return e.innerText || e.getAttribute('aria-label') || e.tagName"
            )
        )

    def messages(self) -> list[str]:
        """What the console said since it was asked last."""
        return [str(entry["message"]) for entry in self.driver.get_log("browser")]

    def requests(self) -> list[str]:
        """Addresses that were asked for since it was asked last, beside those of files."""
        import json

        found = []
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            if event["method"] == "Network.requestWillBeSent":
                found.append(str(event["params"]["request"]["url"]))
        return [address for address in found if not address.startswith(("file:", "data:"))]

    def emulate(self, *, media: str = "", dark: bool = False, width: int | None = None) -> None:
        """Paper or screen, night or day, and a width in pixels."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", media=media, features=[scheme])
        if width is not None:
            self.command(
                "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
            )

    def picture(self, path: Path) -> None:
        """The whole page as PNG."""
        import base64

        made = self.command("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(made["data"]))

    def pdf(self) -> bytes:
        """The page as it is printed."""
        import base64

        return base64.b64decode(self.command("Page.printToPDF", preferCSSPageSize=True)["data"])


@contextmanager
def chromium(profile: Path) -> Iterator[Page]:
    """A browser of its own profile; nothing is downloaded, as driver and browser are named."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    browser, driver = programs()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(executable_path=driver)
    started = webdriver.Chrome(options=options, service=service)
    try:
        yield Page(started)
    finally:
        started.quit()
