"""A newsroom, and browsers without a screen for the people in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from bulletins.models import Article
from tests.factories import Newsroom


@pytest.fixture(autouse=True)
def own_media_and_an_empty_cache(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return Newsroom()


@pytest.fixture
def desk_of() -> Callable[[User], Client]:
    """The browser of somebody who has signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def filled_in(article: Article | None = None, **fields: Any) -> dict[str, Any]:
    """What a browser would send from the article form."""
    form = {
        "kicker": "湖滨派出所",
        "headline": "民警雪夜送归走失老人",
        "headline_join": "space",
        "subhead": "",
        "summary": "",
        "source": "",
        "body": "<p>近日，民警接到求助。</p>",
        "kind": "news",
        "tags": "",
        "ticket": "one",
        "credits-TOTAL_FORMS": "1",
        "credits-INITIAL_FORMS": "0",
        "credits-0-name": "张三",
        "credits-0-role": "text",
        "credits-0-capacity": "correspondent",
        "photos-TOTAL_FORMS": "0",
        "photos-INITIAL_FORMS": "0",
    }
    if article is not None:
        form |= {
            "unit": article.unit_id,
            "seen_stage": article.stage,
            "seen_revision": article.revision_number,
        }
    return form | fields


def decision(article: Article, **fields: Any) -> dict[str, Any]:
    """What a button of the read view sends."""
    return {"seen_stage": article.stage, "seen_revision": article.revision_number} | fields
