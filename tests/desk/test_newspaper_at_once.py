"""Two people who press save on one page in the same moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bulletins.models import Page, Placement
from tests.factories import Newsroom
from tests.shown import as_shown


@pytest.mark.django_db(transaction=True)
def test_one_is_saved_and_the_other_is_told(desk_of: Callable[..., Client]) -> None:
    newsroom = Newsroom()
    page = Page.objects.create(date="2021-12-31", number=1, title="公安专版")
    Placement.objects.create(page=page, article=newsroom.released(headline="甲").article)
    address = reverse("admin:bulletins_page_change", args=[page.pk])
    clients = [desk_of(newsroom.desk_editor), desk_of(newsroom.chief)]
    forms = [
        as_shown(client.get(address)) | {"placements-0-row": str(n + 5)} for n, client in enumerate(clients)
    ]
    start = threading.Barrier(2)
    answered: dict[int, int] = {}

    def save(n: int) -> None:
        try:
            start.wait()
            answered[n] = clients[n].post(address, forms[n]).status_code
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answered.values()) == [200, 302]
    [winner] = [n for n, status in answered.items() if status == 302]
    assert page.placements.get().row == winner + 5
