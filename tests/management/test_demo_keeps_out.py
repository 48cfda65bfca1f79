"""Where `manage.py demo` does nothing, and what it leaves alone."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Stage
from tests.factories import make_user


def demo(**options: Any) -> None:
    call_command("demo", verbosity=0, stdout=StringIO(), **options)


@pytest.mark.django_db
def test_it_refuses_outside_development_mode(settings: Any) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError):
        demo()
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["12345678901", "short", "password"])
def test_it_refuses_a_password_that_the_desk_would_refuse(password: str) -> None:
    with pytest.raises(CommandError):
        demo(password=password)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_it_leaves_a_database_alone_where_one_of_its_names_is_taken() -> None:
    make_user(username="bianji")
    with pytest.raises(CommandError, match="bianji"):
        demo()
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_the_sample_page_is_not_set_back_where_somebody_works_on_it() -> None:
    call_command("loaddata", "sample_page", verbosity=0)
    article = Article.objects.get(number="JN-2021-000004")
    editor = make_user(Role.DESK_EDITOR, article.unit)
    workflow.perform("revise", article, actor=editor)
    demo()
    article.refresh_from_db()
    assert article.stage == Stage.DRAFT
