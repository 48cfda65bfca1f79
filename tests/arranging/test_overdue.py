"""What should have happened by now and has not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bulletins import arranging, workflow
from bulletins.models import Arrangement, Article, Listing, SearchEntry, Stage, TermEntry
from bulletins.overdue import look_again, overdue
from tests.factories import Newsroom

pytestmark = pytest.mark.django_db

NOW = timezone.now()
HOUR = timedelta(hours=1)


def found(at=NOW):
    return [(one.what.value, one.article.number) for one in overdue(at)]


def due(newsroom: Newsroom, article: Article) -> Article:
    arranging.set_due(article, NOW - HOUR, actor=newsroom.desk_editor, at=NOW - 2 * HOUR)
    return article


def scheduled(newsroom: Newsroom, **text) -> Article:
    article = newsroom.at_stage(Stage.APPROVED, at=NOW - 3 * HOUR, **text)
    workflow.perform("release", article, actor=newsroom.chief, at=NOW - 2 * HOUR, public_from=NOW + HOUR)
    return article


def test_what_is_past_its_time_is_overdue_until_it_is_signed_off_or_refused(newsroom: Newsroom) -> None:
    signed, refused, waits = (newsroom.at_stage(Stage.APPROVED), newsroom.submitted(), newsroom.draft())
    for article in (signed, refused, waits):
        due(newsroom, article)
    assert found(NOW - 90 * timedelta(minutes=1)) == []
    assert len(found()) == 3
    workflow.perform("release", signed, actor=newsroom.chief)
    workflow.perform("refuse", refused, actor=newsroom.desk_editor, reason_code="other")
    assert found() == [("due", waits.number)]


def test_what_is_approved_and_not_signed_when_its_embargo_ends_is_overdue(newsroom: Newsroom) -> None:
    article, early = newsroom.at_stage(Stage.APPROVED), newsroom.submitted()
    for one in (article, early):
        arranging.hold_back(one, NOW - HOUR, actor=newsroom.chief, at=NOW - 2 * HOUR)
    assert found() == [("unsigned", article.number)]
    workflow.perform("release", article, actor=newsroom.chief)
    assert found() == []


@pytest.mark.parametrize("gone", [Listing, SearchEntry])
def test_a_release_that_lists_or_search_do_not_show_at_its_time_has_failed(newsroom: Newsroom, gone) -> None:
    article = scheduled(newsroom)
    gone.objects.all().delete()
    assert found() == []
    assert found(NOW + HOUR) == [("unlisted", article.number)]
    (one,) = overdue(NOW + HOUR)
    assert one.release == article.releases.get()


def test_what_is_on_the_schedule_is_checked_again(newsroom: Newsroom) -> None:
    article, other = scheduled(newsroom, body="<p>民警走访了某某旧名社区。</p>"), scheduled(newsroom)
    look_again(NOW)
    assert found() == [] and not Arrangement.objects.exists()
    term = TermEntry.objects.create(match="某某旧名", suggestion="某某新名", severity="block")
    look_again(NOW)
    look_again(NOW + HOUR / 2)
    assert found() == [("blocked", article.number)]
    assert Arrangement.objects.get().blocked_since == NOW
    workflow.perform("unschedule", article, actor=newsroom.chief)
    assert found() == []
    term.delete()
    look_again(NOW)
    assert other.releases.get().state(at=NOW) == "scheduled" and found() == []


def test_a_matter_keeps_its_key_until_it_is_another(newsroom: Newsroom) -> None:
    article = due(newsroom, newsroom.submitted())
    (first,), (again,) = overdue(NOW), overdue(NOW + HOUR)
    assert first.key == again.key
    arranging.set_due(article, NOW + HOUR, actor=newsroom.chief, at=NOW)
    (later,) = overdue(NOW + 2 * HOUR)
    assert later.key != first.key


@pytest.mark.parametrize(
    ("stage", "sees"),
    [
        (Stage.DRAFT, {"correspondent", "unit_reviewer", "desk_editor", "chief"}),
        (Stage.UNIT_REVIEW, {"unit_reviewer", "desk_editor", "chief"}),
        (Stage.FINAL_REVIEW, {"desk_editor", "chief"}),
    ],
)
def test_it_stands_above_the_pages_of_those_who_can_act(newsroom, desk_of, stage, sees) -> None:
    article = due(newsroom, newsroom.at_stage(stage, headline="逾期的一篇"))
    pages = {"correspondent": "/desk/", "administrator": "/desk/", "auditor": "/desk/board/"}
    for who in ("correspondent", "unit_reviewer", "desk_editor", "chief", "administrator", "auditor"):
        late = desk_of(getattr(newsroom, who)).get(pages.get(who, "/desk/queue/")).context["late"]
        assert (who, [one.article.pk for one in late.items]) == (who, [article.pk] if who in sees else [])
    for page in ("/desk/", "/desk/queue/", "/desk/board/", "/desk/calendar/"):
        assert "逾期的一篇" in desk_of(newsroom.desk_editor).get(page).text
