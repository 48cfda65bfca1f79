"""Markup is sanitised on its way to the database, through whichever door it comes."""

import json
from pathlib import Path

from django.core import serializers
from django.core.management import call_command
from django.db.models import F, Value
from django.db.models.functions import Concat

from bulletins.models import Article, Revision
from tests.factories import Newsroom

HOSTILE = '<p onclick="x">甲<script>alert(1)</script></p><iframe src="https://evil.example"></iframe>'
CLEAN = "<p>甲</p>"


def stored(article: Article) -> str:
    return Article.objects.values_list("body", flat=True).get(pk=article.pk)


def test_it_is_sanitised_when_an_article_is_saved(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    article.body = HOSTILE
    article.save()
    assert (article.body, stored(article)) == (CLEAN, CLEAN)


def test_it_is_sanitised_when_an_article_is_begun(newsroom: Newsroom) -> None:
    article = newsroom.draft(body=HOSTILE)
    assert stored(article) == CLEAN
    assert Revision.objects.get().content["body"] == CLEAN


def test_it_is_sanitised_in_an_update(newsroom: Newsroom) -> None:
    article = newsroom.draft()
    Article.objects.filter(pk=article.pk).update(body=HOSTILE)
    assert stored(article) == CLEAN


def test_it_is_sanitised_when_created_or_updated_in_bulk(newsroom: Newsroom) -> None:
    (article,) = Article.objects.bulk_create(
        [Article(number="JN-2021-000900", unit=newsroom.station, author=newsroom.correspondent, body=HOSTILE)]
    )
    assert stored(article) == CLEAN
    article.body = f"<p>乙</p>{HOSTILE}"
    Article.objects.bulk_update([article], ["body"])
    assert stored(article) == f"<p>乙</p>{CLEAN}"


def test_it_is_sanitised_in_a_fixture(newsroom: Newsroom, tmp_path: Path) -> None:
    article = newsroom.draft()
    (row,) = json.loads(serializers.serialize("json", [article]))
    row["fields"]["body"] = HOSTILE
    fixture = tmp_path / "hostile.json"
    fixture.write_text(json.dumps([row]), encoding="utf-8")
    call_command("loaddata", fixture, verbosity=0)
    assert stored(article) == CLEAN


def test_a_text_put_together_in_the_database_has_clean_parts(newsroom: Newsroom) -> None:
    article = newsroom.draft(body=CLEAN)
    Article.objects.update(
        body=Concat(F("body"), Value(HOSTILE, output_field=Article._meta.get_field("body")))
    )
    assert stored(article) == CLEAN + CLEAN


def test_the_stored_text_and_the_frozen_text_are_the_same(newsroom: Newsroom) -> None:
    article = newsroom.draft(body="<p><button><p>甲</p></button></p> <div>乙</div>\r\n")
    assert Revision.objects.get().content["body"] == stored(article)
