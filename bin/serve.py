"""Serve the demo: migrate, load it, print where it is. Called by bin/serve inside the environment."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"


def free_port(first: int) -> int:
    """The first port from there on that nobody listens at."""
    for port in range(first, first + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    sys.exit(f"No port from {first} to {first + 49} is free. Name another: bin/serve PORT")


def main(arguments: list[str]) -> None:
    if len(arguments) > 1 or not all(a.isdigit() and 0 < int(a) < 65536 for a in arguments):
        sys.exit("Usage: bin/serve [PORT]")
    os.chdir(ROOT)
    os.environ["BULLETINS_MODE"] = "development"
    for command in (["migrate", "--verbosity=0"], ["demo"]):
        if subprocess.run([sys.executable, "manage.py", *command]).returncode:
            sys.exit(
                f"The demo is not served, because `manage.py {command[0]}` failed; the reason stands above."
            )
    port = free_port(int(arguments[0]) if arguments else 8000)
    print(f"\nThe public site: http://{HOST}:{port}/\nThe desk:        http://{HOST}:{port}/desk/")
    print("Ctrl-C ends it.\n", flush=True)
    server = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--no-ws", "--log-level", "warning"]
    server += ["--blocking-threads", "4"]
    # This process becomes the server. The worker beside it ends with it, however that ends.
    subprocess.Popen([sys.executable, "manage.py", "work", "--with-parent"])
    os.execv(sys.executable, [sys.executable, "-m", "granian", *server, "config.wsgi:application"])


if __name__ == "__main__":
    main(sys.argv[1:])
