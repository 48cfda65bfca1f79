"""Bring what the house needs, with nothing but Python: an environment in .venv, and for tests a Chromium
and the Nu HTML checker.

Usage: python3 bin/setup.py base|dev
Only the standard library, and only syntax that an old Python can read, so that it can say what is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST = (3, 11)


class CannotSetUp(Exception):
    """What is missing, and what to type, in a sentence for the person at the keyboard."""


def say(text):
    print("» " + text, flush=True)


def run(*command, **options):
    """Whether it went well; its output is shown only if it did not."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace")[-3000:])
    return done.returncode == 0


def version_of(python):
    """(3, 11) for a Python that runs, else None."""
    try:
        told = subprocess.check_output([python, "-c", "import sys; print(*sys.version_info[:2])"])
        return tuple(int(part) for part in told.split())
    except (OSError, subprocess.CalledProcessError):
        return None


def new_enough_python():
    """The Python that runs this, or a newer one beside it."""
    names = [sys.executable, "python3", *(f"python3.{minor}" for minor in range(14, OLDEST[1] - 1, -1))]
    for name in names:
        found = shutil.which(name)
        if found and (version_of(found) or (0,)) >= OLDEST:
            return found
    raise CannotSetUp("Python 3.11 or newer is needed; install it and run this again.")


def apt_install(*packages):
    """On Debian and its kin, as root, without asking."""
    if os.geteuid() or not shutil.which("apt-get"):
        return False
    say("installing " + ", ".join(packages) + " with apt-get")
    command = ("apt-get", "install", "-y", "-q", "--no-install-recommends", *packages)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    # Lists may be older than what the mirror still has: renew them first, and let the installation decide.
    run("apt-get", "update", "-q", env=environment)
    return run(*command, env=environment)


def make_environment():
    if (version_of(str(PYTHON)) or (0,)) >= OLDEST:
        return
    python = new_enough_python()
    say("making an environment in .venv")
    has_pip = subprocess.call([python, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) == 0
    uv = shutil.which("uv")
    if not has_pip and uv and run(uv, "venv", "--clear", "--python", python, str(VENV)):
        return
    package = "python{}.{}-venv".format(*version_of(python))
    if not has_pip and not apt_install(package):
        raise CannotSetUp(
            "This Python cannot make environments: the module ensurepip is missing. "
            "On Debian or Ubuntu type: sudo apt-get install " + package
        )
    if not run(python, "-m", "venv", "--clear", str(VENV)):
        raise CannotSetUp("The environment in .venv could not be made; the reason stands above.")


def install(group):
    """Install the pinned packages of the group, unless that very list has been installed before."""
    listed = ROOT / "requirements" / (group + ".txt")
    stamp = VENV / ("installed-" + group)
    wanted = hashlib.sha256(listed.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"installing the packages of requirements/{group}.txt")
    arguments = ("install", "--quiet", "--require-hashes", "-r", str(listed))
    uv = shutil.which("uv")
    done = bool(uv) and run(uv, "pip", *arguments, "--python", str(PYTHON))
    if not done and not run(str(PYTHON), "-m", "pip", *arguments, "--disable-pip-version-check"):
        raise CannotSetUp("The packages could not be installed; the reason stands above. Is there a network?")
    stamp.write_text(wanted)


def bring_chromium():
    sys.path.insert(0, str(ROOT))
    from tests.browser import chromium

    if chromium.find() or (apt_install("chromium", "fonts-noto-cjk") and chromium.find()):
        return
    say("downloading Chromium")
    if not run(str(PYTHON), "-m", "playwright", "install", "chromium") or not chromium.find():
        raise CannotSetUp(
            "A real Chromium is needed and could not be had. Install it (Debian, Ubuntu: sudo apt-get install "
            "chromium fonts-noto-cjk), or set BULLETINS_CHROMIUM to the path of one."
        )


def bring_checker():
    """The Nu HTML checker. Without it all but one test can be run, and that one says what is missing."""
    sys.path.insert(0, str(ROOT))
    from tests import nu_checker

    for program, package in (("java", "default-jre-headless"), ("npm", "npm")):
        if not shutil.which(program) and not (program == "npm" and nu_checker.JAR.exists()):
            apt_install(package)
    if nu_checker.JAR.exists():
        return
    say("fetching the Nu HTML checker")
    try:
        nu_checker.bring()
    except nu_checker.NoChecker as reason:
        say(f"Public pages cannot be checked as HTML. {reason}")


def bring_pango():
    """What newspaper pages are set with as PDF. The site does without, and offers no PDF then."""
    wanted = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    packages = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
    if all(find_library(name) for name in wanted) or apt_install(*packages):
        return
    say("Pango could not be had: newspaper pages are not set as PDF here, and the tests of that will fail")


def main(arguments):
    if arguments not in (["base"], ["dev"]):
        sys.stderr.write(__doc__)
        return 2
    try:
        make_environment()
        install(arguments[0])
        if arguments == ["dev"]:
            bring_chromium()
            bring_checker()
            bring_pango()
    except CannotSetUp as reason:
        sys.stderr.write(f"Setting up stopped. {reason}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
