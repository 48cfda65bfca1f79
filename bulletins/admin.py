"""Django looks for this module; the screens are in `bulletins.desk`."""

from bulletins.desk import admin  # noqa: F401
