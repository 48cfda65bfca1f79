"""Whoever listens is told after the commit, of what was done and of nothing else."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from bulletins import workflow
from bulletins.models import Article, Transition
from tests.factories import Newsroom


@pytest.fixture
def heard() -> Iterator[list[Transition]]:
    lines: list[Transition] = []

    def listen(*, transition: Transition, **_: Any) -> None:
        lines.append(transition)

    workflow.performed.connect(listen)
    yield lines
    workflow.performed.disconnect(listen)


Captures = DjangoCaptureOnCommitCallbacks


def test_a_listener_hears_of_a_verb_once_it_is_committed(
    newsroom: Newsroom, heard: list[Transition], django_capture_on_commit_callbacks: Captures
) -> None:
    article = newsroom.draft()
    with django_capture_on_commit_callbacks() as callbacks:
        line = workflow.perform("submit", article, actor=newsroom.correspondent)
        assert heard == []
    for callback in callbacks:
        callback()
    assert heard == [line]


def test_nobody_hears_of_what_was_refused(
    newsroom: Newsroom, heard: list[Transition], django_capture_on_commit_callbacks: Captures
) -> None:
    article = newsroom.draft()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(workflow.Refused):
        workflow.perform("release", article, actor=newsroom.chief)
    assert heard == []


def test_nobody_hears_of_what_was_rolled_back(
    newsroom: Newsroom, heard: list[Transition], django_capture_on_commit_callbacks: Captures
) -> None:
    article = newsroom.draft()
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        workflow.perform("submit", article, actor=newsroom.correspondent)
        transaction.set_rollback(True)
    assert heard == []


def test_a_listener_that_fails_undoes_nothing_and_keeps_nobody_else_from_hearing(
    newsroom: Newsroom, heard: list[Transition], django_capture_on_commit_callbacks: Captures
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError

    article = newsroom.draft()
    workflow.performed.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            workflow.perform("submit", article, actor=newsroom.correspondent)
    finally:
        workflow.performed.disconnect(fail)
    assert Article.objects.get().stage == "unit_review"
    assert [line.verb for line in heard] == ["submit"]
