"""All screens of this app that hang on a model."""

from bulletins.desk import lists, newspaper, terms  # noqa: F401
