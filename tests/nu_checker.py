"""Where the Nu HTML checker is on this machine, and how it is brought. Standard library only: bin/setup.py asks, too."""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

# MIT. The package holds one file that Java runs; npm is needed only to bring it.
PACKAGE, VERSION = "vnu-jar", "26.9.27"
SHA512 = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="
ROOT = Path(__file__).resolve().parent.parent
JAR = ROOT / ".venv" / f"{PACKAGE}-{VERSION}" / "vnu.jar"
HOW = (
    "The Nu HTML checker needs Java and npm; install them (Debian, Ubuntu: sudo apt-get install "
    "default-jre-headless npm) and run bin/setup.py dev again."
)


class NoChecker(Exception):
    """What is missing, in a sentence for the person at the keyboard."""


def bring():
    """Fetch the checker with npm, from wherever npm is told to look. Raises NoChecker."""
    npm = shutil.which("npm")
    if npm is None:
        raise NoChecker(HOW)
    with tempfile.TemporaryDirectory(prefix="bulletins-nu-") as folder:
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent", "--pack-destination", folder]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or packed is None:
            raise NoChecker(f"npm could not fetch {PACKAGE} {VERSION}: {done.stderr.strip()[-500:]}")
        if base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode() != SHA512:
            raise NoChecker(f"What npm fetched is not the {PACKAGE} {VERSION} that is known here.")
        fresh = Path(folder) / JAR.name
        with tarfile.open(packed) as archive, fresh.open("wb") as out:
            shutil.copyfileobj(archive.extractfile(f"package/build/dist/{JAR.name}"), out)
        JAR.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(fresh, JAR)


def messages(folder):
    """What the checker says of all HTML files in the folder: a list of its messages, errors and warnings alike.

    Each has `type`, `message`, `url`, mostly `lastLine` and `extract`. Raises NoChecker.
    """
    java = shutil.which("java")
    if java is None or not JAR.exists():
        raise NoChecker(HOW)
    command = [java, "-Xss1m", "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run([*command, str(folder)], capture_output=True)
    if done.returncode:
        raise NoChecker(f"The Nu HTML checker stopped: {done.stderr.decode(errors='replace')[-500:]}")
    return json.loads(done.stderr)["messages"]
