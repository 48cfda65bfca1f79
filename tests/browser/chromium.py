"""Where a Chromium is on this machine, and how to start it. Standard library only: bin/setup.py asks, too."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
# Playwright's own, where it downloads them.
DOWNLOADS = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
PATTERNS = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")


def find():
    """The path of a Chromium that can be started, or None."""
    asked = os.environ.get("BULLETINS_CHROMIUM")
    candidates = [asked] if asked else [shutil.which(name) for name in NAMES]
    candidates += PLACES
    downloads = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")), *DOWNLOADS
    for folder in downloads:
        for pattern in PATTERNS:
            candidates += sorted(folder.glob(pattern), reverse=True)
    return next((str(path) for path in candidates if path and os.access(path, os.X_OK)), None)


def launch_options():
    """What to hand to Playwright's `chromium.launch`. Nothing is asked of the network but our own server."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {"executable_path": find(), "args": arguments}
