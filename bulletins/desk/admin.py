"""All screens of this app that hang on a model."""

from bulletins.desk import lists, newspaper  # noqa: F401
