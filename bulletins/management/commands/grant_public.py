"""Let a database role read the public tables, and nothing else."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

from bulletins.models import public_tables

PASSWORD_VARIABLE = "BULLETINS_PUBLIC_DB_PASSWORD"


class Command(BaseCommand):
    help = (
        "Grant a PostgreSQL role SELECT on the public tables and take every other right on tables from it. "
        f"With {PASSWORD_VARIABLE} set, the role is made if it is missing, and given that password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="the role of the processes with BULLETINS_PLANE=public")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Roles are a matter of PostgreSQL. Set DATABASE_URL to a PostgreSQL database.")
        with transaction.atomic(), connection.cursor() as cursor:
            self._prepare(cursor, role)
            for statement in statements(role):
                cursor.execute(statement)
        self.stdout.write(f"{role} may read: {', '.join(sorted(public_tables()))}")

    def _prepare(self, cursor: Any, role: str) -> None:
        """See that the role exists, and that taking rights from it would take them from nobody else."""
        cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found and any(found):
            raise CommandError(
                f"{role} is a superuser or the role that migrates. Name another for the public site."
            )
        password = os.environ.get(PASSWORD_VARIABLE)
        if not found and not password:
            raise CommandError(
                f"There is no role {role}. Make it, or set {PASSWORD_VARIABLE} and it is made."
            )
        name = sql.Identifier(role)
        if not found:
            cursor.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        if password:
            cursor.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(name, sql.Literal(password)))


def statements(role: str) -> list[sql.Composed]:
    """What makes the role a reader of the public tables, whatever it was before."""
    names = {
        "role": sql.Identifier(role),
        "database": sql.Identifier(str(connection.settings_dict["NAME"])),
        "tables": sql.SQL(", ").join(sql.Identifier("public", table) for table in public_tables()),
    }
    return [
        sql.SQL(text).format(**names)
        for text in (
            "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
            "REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
            "REVOKE CREATE ON SCHEMA public FROM {role}",
            "GRANT CONNECT ON DATABASE {database} TO {role}",
            "GRANT USAGE ON SCHEMA public TO {role}",
            "GRANT SELECT ON {tables} TO {role}",
            "ALTER ROLE {role} SET default_transaction_read_only = on",
        )
    ]
