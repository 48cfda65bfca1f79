"""A live story was wrong: its new text says what is put right, and readers see that with its date, everywhere."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from bulletins.desk.sheet import Sheet
from bulletins.models import Article, Release, Revision, Stage
from bulletins.models.revision import content_of, hash_of
from tests.factories import Newsroom
from tests.stories.conftest import Clock, Says, writes

NOTE = "老人年龄应为七十二岁，误作七十八岁。"
SECOND = "第三段“山前路”应为“山后路”。"


@pytest.fixture
def live(newsroom: Newsroom, clock: Clock) -> Article:
    return newsroom.released(at=clock()).article


def corrected(newsroom: Newsroom, say: Says, article: Article, note: str) -> Release:
    say("revise", article, newsroom.correspondent)
    say("edit", article, newsroom.correspondent, write=writes(correction=note))
    say("submit", article, newsroom.correspondent)
    while article.stage != Stage.APPROVED:
        say("pass", article, newsroom.reviewer_at(article.stage))
    say("release", article, newsroom.chief)
    return article.releases.order_by("-sequence")[0]


def test_it_is_dated_by_the_release_that_brought_it_and_earlier_ones_stay(
    newsroom: Newsroom, say: Says, clock: Clock, live: Article
) -> None:
    first = corrected(newsroom, say, live, NOTE)
    assert [(each.text, each.at) for each in first.corrections] == [(NOTE, first.public_from)]
    clock.wait(days=3)
    second = corrected(newsroom, say, live, SECOND)
    assert [(each.text, each.at) for each in second.corrections] == [
        (SECOND, second.public_from),
        (NOTE, first.public_from),
    ]
    clock.wait(days=3)
    third = corrected(newsroom, say, live, "")
    assert [each.text for each in third.corrections] == [SECOND, NOTE]


def test_a_schedule_that_was_called_off_leaves_no_correction_behind(
    newsroom: Newsroom, say: Says, clock: Clock, live: Article
) -> None:
    say("revise", live, newsroom.correspondent)
    say("edit", live, newsroom.correspondent, write=writes(correction=NOTE))
    say("submit", live, newsroom.correspondent)
    while live.stage != Stage.APPROVED:
        say("pass", live, newsroom.reviewer_at(live.stage))
    say("release", live, newsroom.chief, public_from=clock() + timedelta(days=1))
    say("unschedule", live, newsroom.chief)
    say("return", live, newsroom.chief, reason="再核")
    say("edit", live, newsroom.correspondent, write=writes(correction=SECOND))
    content = Revision.objects.current(live).content  # type: ignore[union-attr]
    assert content["correction"] == SECOND
    assert "earlier_corrections" not in content


def test_one_that_was_refused_waits_in_the_form_of_the_next_attempt(
    newsroom: Newsroom, say: Says, live: Article
) -> None:
    say("revise", live, newsroom.correspondent)
    say("edit", live, newsroom.correspondent, write=writes(correction=NOTE))
    say("submit", live, newsroom.correspondent)
    say("refuse", live, newsroom.desk_editor, reason_code="not_news")
    say("revise", live, newsroom.correspondent)
    assert live.correction == NOTE


def test_without_a_correction_a_text_has_the_hash_it_always_had(newsroom: Newsroom, live: Article) -> None:
    content = content_of(live)
    assert not {"correction", "earlier_corrections"} & set(content)
    assert hash_of(content) == live.releases.get().content_hash


def test_the_form_offers_it_only_for_what_was_public(
    newsroom: Newsroom, say: Says, live: Article, clock: Clock
) -> None:
    assert "correction" not in Sheet(newsroom.draft(), user=newsroom.correspondent).form.fields
    say("revise", live, newsroom.correspondent)
    form = Sheet(live, user=newsroom.correspondent).form
    assert "correction" in form.fields
    form.cleaned_data = {"correction": f"更正： {NOTE}"}
    assert form.clean_correction() == NOTE


def test_the_form_saves_it(newsroom: Newsroom, say: Says, live: Article, client: Client) -> None:
    say("revise", live, newsroom.correspondent)
    client.force_login(newsroom.correspondent)
    address = f"/desk/articles/{live.number}/edit/"
    page = client.get(address).content.decode()
    assert "更正" in page
    sent = {
        "headline": live.headline, "body": live.body, "kind": live.kind, "unit": live.unit_id,
        "headline_join": live.headline_join, "correction": NOTE, "seen_stage": live.stage,
        "seen_revision": live.revision_number, "save": "1",
        **{f"{name}-{part}": n for name in ("credits", "photos") for part, n in
           (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))},
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    live.refresh_from_db()
    assert live.correction == NOTE
    assert NOTE in client.get(f"/desk/articles/{live.number}/").content.decode()


def test_readers_and_machines_are_told(newsroom: Newsroom, say: Says, live: Article, client: Client) -> None:
    release = corrected(newsroom, say, live, NOTE)
    day = timezone.localtime(release.public_from)
    page = client.get(f"/articles/{live.number}/").content.decode()
    shown = re.search(r'<section class="corrections".*?</section>', page, re.DOTALL)
    assert shown is not None
    assert NOTE in shown[0]
    assert "更正" in shown[0]
    assert f'datetime="{day:%Y-%m-%d}"' in shown[0]
    data: dict[str, Any] = json.loads(
        re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]  # type: ignore[index]
    )
    told = next(part for part in data["@graph"] if part["@type"] == "NewsArticle")
    assert told["correction"] == [
        {"@type": "CorrectionComment", "text": NOTE, "datePublished": day.isoformat(timespec="seconds")}
    ]
    english = client.get(f"/en/articles/{live.number}/").content.decode()
    assert ">Correction<" in english
    assert NOTE in english
    item = client.get(f"/api/v1/articles/{live.number}/").json()
    assert item["corrections"] == [{"text": NOTE, "date": day.isoformat()}]
    assert NOTE in client.get(f"/api/v1/articles/{live.number}/ninjs/").json()["edNote"]
    for form in ("atom", "rss", "json"):
        assert NOTE in client.get(f"/feeds/{form}/").content.decode()
    assert live.number in client.get("/search/", {"q": "误作七十八岁"}).content.decode()
