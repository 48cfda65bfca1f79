"""The settings of the house in development mode, with what tests need: a quick hasher, and files of their own.

Each process has its own folder, so that runs side by side never share a database file.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("BULLETINS_MODE", "development")
os.environ.setdefault("BULLETINS_LOG_LEVEL", "WARNING")

from config.settings import *  # noqa: F403
from config.settings import DATABASES

_folder = Path(tempfile.mkdtemp(prefix="bulletins-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

MEDIA_ROOT = _folder / "media"
# Tests ask more often than any reader; those of the limit set one.
API_PER_MINUTE = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: tests with threads and a live server open it more than once.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}
