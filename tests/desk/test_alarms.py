"""Emergencies that wait for a signature: whose turn it is, and that many of them cost no more than one."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from bulletins import workflow
from bulletins.desk.alarms import asked_of
from tests.factories import Newsroom


def withdrawn_at_once(newsroom: Newsroom) -> Any:
    article = newsroom.released().article
    workflow.perform("withdraw_at_once", article, actor=newsroom.chief, reason="有误")
    return article


@pytest.mark.parametrize("name", ["chief", "second_chief", "desk_editor", "unit_reviewer"])
def test_it_is_said_to_be_the_turn_of_whom_the_workflow_lets_sign(newsroom: Newsroom, name: str) -> None:
    article, person = withdrawn_at_once(newsroom), getattr(newsroom, name)
    [asked] = asked_of(person, at=timezone.now())
    assert asked.is_mine_to_answer == (not workflow.refusals("sign_off", article, actor=person))
    assert asked.is_my_own == (name == "chief")


@pytest.mark.parametrize("name", ["correspondent", "administrator", "auditor"])
def test_nobody_else_is_asked(newsroom: Newsroom, name: str) -> None:
    withdrawn_at_once(newsroom)
    assert asked_of(getattr(newsroom, name), at=timezone.now()) == []


def test_many_emergencies_cost_no_more_than_one(
    newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    for _emergency in range(4):
        withdrawn_at_once(newsroom)
    with django_assert_max_num_queries(5):
        assert len(asked_of(newsroom.desk_editor, at=timezone.now(), only_emergencies=True)) == 4
