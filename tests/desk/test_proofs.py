"""What the desk is shown of proofs: a leak until it is gone, a proof that never came, and the record with the article."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bulletins import workflow
from bulletins.models import Article, Proof, ProofDue, ProofResult
from tests.factories import Newsroom, make_unit, make_user

Desk = Callable[[User], Client]
LEAK = "/static/%E5%9B%BE/old.avif"


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.withdrawn().article


def record(article: Article, result: ProofResult, **answer: Any) -> Proof:
    due = ProofDue.objects.filter(article=article, proof=None).order_by("due_at")[0]
    line = {
        "path": LEAK, "way": "file", "wanted": "gone", "status": 200, "fault": "", "found": [], "is_shown": True,
    }  # fmt: skip
    return Proof.objects.create(
        due=due, article=article, began_at=timezone.now(), ended_at=timezone.now(), result=result,
        looked_for=[article.number], answers=[line | answer],
    )  # fmt: skip


def test_a_leak_stands_on_the_start_page_and_in_the_queue_until_a_later_proof_is_clean(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    record(article, ProofResult.SHOWN)
    for person in (newsroom.chief, newsroom.desk_editor):
        for path in ("/desk/", "/desk/queue/", f"/desk/articles/{article.number}/"):
            page = desk_of(person).get(path).content.decode()
            assert "稿件已撤，仍有地方显示" in page
            assert "/static/图/old.avif" in page
    record(article, ProofResult.GONE, is_shown=False)
    for path in ("/desk/", "/desk/queue/", f"/desk/articles/{article.number}/"):
        assert (
            "仍有地方显示"
            not in desk_of(newsroom.chief).get(path).content.decode().partition("history-proofs")[0]
        )


def test_the_administrator_is_told_the_address_and_the_number_and_no_more(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    record(article, ProofResult.SHOWN)
    page = desk_of(newsroom.administrator).get("/desk/").content.decode()
    assert article.number in page
    assert "/static/图/old.avif" in page
    assert article.title not in page
    assert f'/desk/articles/{article.number}/"' not in page


@pytest.mark.parametrize("person", ["correspondent", "unit_reviewer", "auditor"])
def test_nobody_else_is_told_on_the_start_page(
    newsroom: Newsroom, desk_of: Desk, article: Article, person: str
) -> None:
    record(article, ProofResult.SHOWN)
    assert "old.avif" not in desk_of(getattr(newsroom, person)).get("/desk/").content.decode()


def test_a_proof_that_never_came_is_shouted_about(
    newsroom: Newsroom, desk_of: Desk, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_of(newsroom.chief)
    assert "查验进行中" in desk.get(f"/desk/articles/{article.number}/").content.decode()
    assert "迟迟没有查验" not in desk.get("/desk/").content.decode()
    later = timezone.now() + timedelta(minutes=16)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    for path in ("/desk/", f"/desk/articles/{article.number}/"):
        assert "稿件已撤，迟迟没有查验" in desk.get(path).content.decode()


def test_what_the_network_did_not_answer_is_said_and_is_no_alarm(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    record(article, ProofResult.GONE, way="network", fault="connection", status=0, is_shown=False)
    desk = desk_of(newsroom.chief)
    assert "经网络没有全部查到" in desk.get(f"/desk/articles/{article.number}/").content.decode()
    assert "稿件已撤" not in desk.get("/desk/").content.decode()


def test_what_came_back_is_no_alarm(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    record(article, ProofResult.SHOWN)
    workflow.perform("restore", article, actor=newsroom.chief, reason="核实无误")
    workflow.perform("confirm_restoration", article, actor=newsroom.second_chief)
    for path in ("/desk/", f"/desk/articles/{article.number}/"):
        page = desk_of(newsroom.chief).get(path).content.decode()
        assert "稿件已撤" not in page


def test_the_record_names_every_address(newsroom: Newsroom, desk_of: Desk, article: Article) -> None:
    proof = record(article, ProofResult.SHOWN)
    address = f"/desk/articles/{article.number}/proofs/{proof.pk}/"
    page = desk_of(newsroom.correspondent).get(address).content.decode()
    assert "/static/图/old.avif" in page
    assert "仍在显示" in page
    assert desk_of(newsroom.administrator).get(address).status_code == 404
    other = newsroom.released().article
    wrong = f"/desk/articles/{other.number}/proofs/{proof.pk}/"
    assert desk_of(newsroom.chief).get(wrong).status_code == 404


@pytest.mark.parametrize(
    ("person", "status", "asks"),
    [
        ("chief", 302, 1),
        ("desk_editor", 302, 1),
        ("administrator", 302, 1),
        ("auditor", 403, 0),
        ("correspondent", 403, 0),
    ],
)
def test_the_desk_and_the_administrator_have_it_proved_again(
    newsroom: Newsroom, desk_of: Desk, article: Article, person: str, status: int, asks: int
) -> None:
    record(article, ProofResult.SHOWN)
    desk = desk_of(getattr(newsroom, person))
    for _click in range(2):
        assert desk.post(f"/desk/articles/{article.number}/prove/").status_code == status
    assert ProofDue.objects.exclude(asked_by=None).count() == asks
    assert desk.get(f"/desk/articles/{article.number}/prove/").status_code == status
    assert ProofDue.objects.exclude(asked_by=None).count() == asks


def test_an_article_of_another_unit_is_not_there_for_its_reviewer(
    newsroom: Newsroom, desk_of: Desk, article: Article
) -> None:
    stranger = make_user(Role.DESK_EDITOR, make_unit("外地公安局"))
    assert desk_of(stranger).post(f"/desk/articles/{article.number}/prove/").status_code == 404
    assert desk_of(stranger).post("/desk/articles/JN-2021-999999/prove/").status_code == 404
