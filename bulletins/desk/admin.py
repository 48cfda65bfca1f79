"""All screens of this app that hang on a model."""

from bulletins.desk import lists, newspaper, old_addresses, robots, terms  # noqa: F401
