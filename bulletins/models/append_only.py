"""Rows that are written once: nothing in the history is changed or deleted."""

from __future__ import annotations

from typing import Any

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete what must stay as it was written."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    def update(self, **fields: Any) -> int:
        raise AppendOnlyError(f"{self.model.__name__} is append-only.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"{self.model.__name__} is append-only.")

    def bulk_update(self, *args: Any, **fields: Any) -> int:
        raise AppendOnlyError(f"{self.model.__name__} is append-only.")

    def bulk_create(self, objs: Any, *args: Any, update_conflicts: bool = False, **options: Any) -> Any:
        if update_conflicts:
            raise AppendOnlyError(f"{self.model.__name__} is append-only.")
        return super().bulk_create(objs, *args, **options)


class AppendOnly(models.Model):
    """A row that can be added and read. (Fixtures load past `save()`; on PostgreSQL a trigger guards that door too.)"""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is append-only.")
        # Or a new object under the key of an old one would be written over it.
        super().save(*args, **(kwargs | {"force_insert": True}))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(f"{type(self).__name__} is append-only.")
