"""Ask the process on this machine whether it can work; exit 0 if so. For health checks: python -m config.probe [PORT]"""

import http.client
import os
import sys


def main(port: int) -> int:
    hosts = os.environ.get("BULLETINS_ALLOWED_HOSTS", "localhost").split(",")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        # By a name that it answers to; a name that begins with a dot stands for all below it.
        connection.request("GET", "/readyz", headers={"Host": hosts[0].strip().lstrip(".")})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError:
        return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8000))
