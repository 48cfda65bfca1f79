from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import Newsroom


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
