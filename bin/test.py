"""Run the tests on each database. Called by bin/test inside the environment."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run_on(database: str, arguments: list[str], *, seen_once: bool) -> int:
    """pytest's status. The tests themselves make sure that they run on the database that was asked for.

    `seen_once`: what is the same on every database need not run once more (tests/conftest.py says what that is).
    """
    command = [sys.executable, "-m", "pytest", *(arguments or ["-n", "2", "--durations=10"])]
    if database == "postgresql":
        command = [sys.executable, "bin/with-postgres", *command]
    environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    environment |= {"BULLETINS_TEST_DATABASE": database, "BULLETINS_TEST_SEEN_ONCE": "1" if seen_once else ""}
    return subprocess.run(command, env=environment).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__)
    parser.add_argument(
        "--db", choices=["sqlite", "postgresql"], action="append", help="only on this database"
    )
    chosen, arguments = parser.parse_known_args()
    os.chdir(ROOT)
    results = {}
    for database in chosen.db or ["sqlite", "postgresql"]:
        print(f"\n» the tests on {database}", flush=True)
        began = time.monotonic()
        status = run_on(database, arguments, seen_once=bool(results) and not arguments)
        results[database] = status, time.monotonic() - began
    for database, (status, seconds) in results.items():
        print(f"» {database}: {'passed' if status == 0 else 'FAILED'} in {seconds:.0f} s")
    return int(any(status for status, _seconds in results.values()))


if __name__ == "__main__":
    sys.exit(main())
