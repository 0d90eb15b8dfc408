"""Takes the pictures of the documentation anew: the bundled sample as `comity serve` shows it.

Run it from the repository's root, with a browser installed: `python scripts/pictures.py`. It serves the sample on a
port of this machine and writes docs/images/*.png.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

OUT = Path("docs/images")
PAGES = {
    "dyad": ("/dyad/RUS/MNG?on=2026-09-01", 1120),
    "evidence": ("/dyad/RUS/MNG?on=2026-09-01", 1000),
    "agreements": ("/agreements?on=2026-09-01", 900),
    "map": ("/map?on=2026-09-01", 900),
    "coverage": ("/coverage", 900),
}


def main() -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    server = subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", "--port", "8765"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        next(line for line in server.stdout if re.search(r"http://", line))
        with sync_playwright() as driver:
            opened = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
            for name, (address, height) in PAGES.items():
                page = opened.new_page(viewport={"width": 1280, "height": height})
                page.goto(f"http://127.0.0.1:8765{address}")
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(1500)
                if name == "evidence":
                    mark = page.locator(".lane[data-lane=events] a").last
                    mark.evaluate("e => e.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))")
                    page.wait_for_timeout(1500)
                page.screenshot(path=OUT / f"{name}.png")
                page.close()
            opened.close()
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
