"""Nobody does by an address, or by a form that was tampered with, what the table forbids: every verb, every role.

Who may is read from the table written by hand in `tests/workflow/expected.py`, which asks no rule of the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from bulletins import workflow
from bulletins.models import Article, Stage, Transition
from tests.desk.conftest import decision, filled_in
from tests.desk.everybody import ANONYMOUS, READS_NOTHING, House, everything, undone
from tests.kept import kept_for_a_module
from tests.workflow.expected import MAY
from tests.workflow.states import NOW, STATES, a_finding

BUTTONS = [verb for verb in workflow.VERBS if verb not in {"start", "edit"}]
# States that differ in what came before and not in who may do what; the workflow's own proof walks through them too.
ALIKE = {
    "called_off", "live_again", "review_beside_live", "approved_beside_live", "approved_and_withdrawal_asked",
    "scheduled_beside_live", "draft_of_withdrawn",
}  # fmt: skip
PLACES = [state for state in STATES if state != "new" and state not in ALIKE]
SOMEWHERE = [(verb, state) for verb in BUTTONS for state in MAY[verb] if state in PLACES]
NOWHERE = [(verb, state) for verb in MAY if verb != "start" for state in PLACES if state not in MAY[verb]]


@pytest.fixture(scope="module")
def kept_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    with kept_for_a_module(django_db_blocker), pytest.MonkeyPatch.context() as patched:
        # The proof of the workflow stands in 2021, and so do these browsers.
        patched.setattr("django.utils.timezone.now", lambda: NOW)
        yield House()


@pytest.fixture
def house(kept_house: House, db: None) -> House:
    return kept_house


def those_who_may(verb: str, state: str) -> set[str]:
    return set(MAY[verb].get(state, "").split())


def forged(house: House) -> dict[str, Any]:
    """What no form of ours asks for, and somebody could send all the same; and the reasons that verbs ask for."""
    return {
        "stage": "approved",
        "author": house.administrator.pk,
        "author_id": house.administrator.pk,
        "actor": house.chief.pk,
        "number": house.articles["live"].number,
        "revision_number": "99",
        "cycle": "9",
        "round": "9",
        "at": "2000-01-01",
        "return-reason": "请补充时间地点",
        "refuse-reason_code": "duplicate",
        "withdraw-reason": "有误",
        "withdraw_at_once-reason": "泄露隐私",
        "restore-reason": "已核实",
        "override-reason": "已核实",
        "_popup": "1",
        "_saveasnew": "1",
    }


def attempt(house: House, who: str, verb: str, state: str) -> int:
    article = house.articles[state]
    address = reverse("admin:article_act", args=[article.number, verb])
    form = forged(house) | decision(article)
    if verb == "override":
        form["override-finding"] = a_finding(article)
    if verb == "edit":
        address = reverse("admin:article_edit", args=[article.number])
        form |= filled_in(article, body="<p>改过的正文。</p>", summary="改过的提要")
    status: int = house.browsers[who].post(address, form).status_code
    return status


def is_a_refusal(status: int, who: str) -> bool:
    """Sign in first; there is no such article for you; or the article with the reasons (or both texts)."""
    if who in {ANONYMOUS, "inactive"}:
        return status == 403
    return status == 404 if who in READS_NOTHING else status in {409, 422}


@pytest.mark.parametrize(("verb", "state"), SOMEWHERE)
def test_a_verb_is_done_by_those_whom_the_table_names(house: House, verb: str, state: str) -> None:
    article = house.articles[state]
    for who in those_who_may(verb, state):
        with undone():
            assert (who, attempt(house, who, verb, state)) == (who, 302)
            line = Transition.objects.filter(article=article).latest("pk")
            assert (line.verb, line.actor) == (verb, house.people[who])
            now = Article.objects.get(pk=article.pk)
            for name in ("number", "author", "unit", "kind", "headline", "revision_number"):
                assert getattr(now, name) == getattr(article, name)
            assert now.stage == (
                article.stage if line.release and verb not in {"release", "unschedule"} else line.to_stage
            )
    assert everything() == house.before


@pytest.mark.parametrize(("verb", "state"), SOMEWHERE)
def test_a_verb_is_done_by_nobody_else(house: House, verb: str, state: str) -> None:
    for who in house.browsers.keys() - those_who_may(verb, state):
        if user := house.people.get(who):
            assert workflow.refusals(verb, house.articles[state], actor=user)
        assert is_a_refusal(attempt(house, who, verb, state), who), who
    assert everything() == house.before


@pytest.mark.parametrize(("verb", "state"), NOWHERE)
def test_where_a_verb_has_no_place_not_even_those_do_it_who_may_elsewhere(
    house: House, verb: str, state: str
) -> None:
    """Everybody else is refused for their role besides."""
    may_elsewhere = {name for state in MAY[verb] for name in those_who_may(verb, state)}
    for who in may_elsewhere & {"author", "unit", "desk", "chief"}:
        assert is_a_refusal(attempt(house, who, verb, state), who), who
    assert everything() == house.before


@pytest.mark.parametrize("state", [state for state in PLACES if state in MAY["edit"]])
def test_the_text_is_changed_by_those_whom_the_table_names_and_nothing_but_the_text(
    house: House, state: str
) -> None:
    article = house.articles[state]
    for who in those_who_may("edit", state):
        with undone():
            assert (who, attempt(house, who, "edit", state)) == (who, 302)
            now = Article.objects.get(pk=article.pk)
            assert (now.body, now.summary) == ("<p>改过的正文。</p>", "改过的提要")
            assert now.revisions.get(number=article.revision_number + 1).created_by == house.people[who]
            # An edit after the final review voids it; no other moves anything.
            assert now.stage == (Stage.FINAL_REVIEW if state == "approved" else article.stage)
            for name in ("number", "author", "unit", "kind", "cycle", "round"):
                assert getattr(now, name) == getattr(article, name)
    assert everything() == house.before


@pytest.mark.parametrize("state", [state for state in PLACES if state in MAY["edit"]])
def test_the_text_is_changed_by_nobody_else(house: House, state: str) -> None:
    for who in house.browsers.keys() - those_who_may("edit", state):
        assert is_a_refusal(attempt(house, who, "edit", state), who), who
    assert everything() == house.before


def test_an_article_is_begun_by_writers_of_its_unit_and_in_their_own_name(house: House) -> None:
    known = {article.pk for article in house.articles.values()}
    for who in house.browsers:
        form = forged(house) | filled_in(unit=house.station.pk, ticket=who)
        with undone():
            house.browsers[who].post(reverse("admin:article_new"), form)
            if who not in those_who_may("start", "new"):
                assert everything() == house.before, who
                continue
            article = Article.objects.exclude(pk__in=known).get()
            assert (article.author, article.unit) == (house.people[who], house.station)
            assert (article.stage, article.revision_number, article.round) == (Stage.DRAFT, 1, 0)
            assert article.number not in {other.number for other in house.articles.values()}


def test_nobody_begins_an_article_for_a_unit_beside_their_own(house: House) -> None:
    beside = {"correspondent_beside", "unit_beside", "desk", "unit_above"}
    for who in house.browsers.keys() - beside:
        form = forged(house) | filled_in(unit=house.other_station.pk, ticket=f"{who} beside")
        assert house.browsers[who].post(reverse("admin:article_new"), form).status_code in {403, 422}, who
    assert everything() == house.before


def test_the_button_that_saves_and_submits_is_no_way_around(house: House) -> None:
    """It carries two verbs; whoever may not do the first does neither."""
    article = house.articles["draft"]
    form = forged(house) | filled_in(article, submit="1", body="<p>改过的正文。</p>")
    for who in house.browsers.keys() - those_who_may("edit", "draft"):
        house.browsers[who].post(reverse("admin:article_edit", args=[article.number]), form)
    assert everything() == house.before


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"seen_stage": "unit_review"},
        {"seen_stage": "draft", "seen_revision": "1"},
        {"seen_stage": "unit_review", "seen_revision": "2"},
        {"seen_stage": "unit_review", "seen_revision": "-1"},
        {"seen_stage": "unit_review", "seen_revision": "一"},
        {"seen_stage": "unit_review", "seen_revision": "9" * 400},
    ],
)
@pytest.mark.parametrize("verb", ["pass", "return", "edit"])
def test_whoever_does_not_say_what_they_saw_decides_nothing(
    house: House, verb: str, seen: dict[str, str]
) -> None:
    article = house.articles["unit_review"]
    name = "admin:article_edit" if verb == "edit" else "admin:article_act"
    form = forged(house) | filled_in(body="<p>改过的正文。</p>") | seen
    address = reverse(name, args=[article.number] if verb == "edit" else [article.number, verb])
    assert house.browsers["unit"].post(address, form).status_code == 409
    assert everything() == house.before


@pytest.mark.parametrize("verb", [*workflow.VERBS, "delete", "publish"])
def test_looking_at_the_address_of_a_verb_does_nothing(house: House, verb: str) -> None:
    for state in set(MAY.get(verb, PLACES)) & set(PLACES):
        for who in ("author", "unit", "desk", "chief"):
            house.browsers[who].get(reverse("admin:article_act", args=[house.articles[state].number, verb]))
    assert everything() == house.before


@pytest.mark.parametrize("verb", ["start", "edit", "delete", "publish", "PASS"])
def test_a_verb_that_has_no_button_has_no_address(house: House, verb: str) -> None:
    article = house.articles["unit_review"]
    address = reverse("admin:article_act", args=[article.number, verb])
    for who in house.people.keys() - {"inactive"}:
        assert house.browsers[who].post(address, forged(house) | decision(article)).status_code == 404
    assert everything() == house.before
