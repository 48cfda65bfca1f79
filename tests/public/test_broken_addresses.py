"""Addresses that were never any: each is not found, and none is an error."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

BROKEN = [
    "/articles/JN-2021-1/",
    "/articles/JN-2021-%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%90%EF%BC%91/",  # full-width digits
    "/articles/JN-2021-000001%00/",
    "/articles/jn-2021-000001/",
    "/articles/JN-2021-999999/",
    "/articles/%00/",
    "/articles/" + "9" * 5000 + "/",
    "/articles/",
    "/units/%00/",
    "/units/no-such-unit/",
    "/units/" + "a" * 3000 + "/",
    "/units/%F0%9F%9A%93/",
    "/units/..%2F..%2Fetc/",
    "/units/%ED%A0%80/",
    "/units/shiju/?before=",
    "/units/shiju/?before=x",
    "/units/shiju/?before=1-",
    "/units/shiju/?before=%00",
    "/units/shiju/?before=-1-1",
    "/units/shiju/?before=%EF%BC%91-%EF%BC%91",
    "/units/shiju/?before=" + "1" * 400 + "-1",
    "/?before=later",
    "/campaigns/%00/",
    "/campaigns/none/",
    "/kinds/poetry/",
    "/kinds/%00/",
    "/tags/none/",
    "/tags/%00/",
    "/correspondents/none/",
    "/pages/2021-02-30/1/",
    "/pages/2021-13-01/1/",
    "/pages/0000-00-00/1/",
    "/pages/2021-12-31/0/",
    "/pages/2021-12-31/99999/",
    "/pages/2021-12-31/2/",
    "/pages/2021-12-31/%D9%A1/",  # an Arabic digit
    "/pages/%D9%A2%D9%A0%D9%A2%D9%A1-12-31/1/",
    "/pages/?until=yesterday",
    "/pages/?until=%00",
    "/archive/2021/13/",
    "/archive/2021/00/",
    "/archive/0001/01/",
    "/archive/2999/12/",
    "/archive/2020/01/",
    "/photos/" + "0" * 64 + ".jpg",
    "/photos/" + "g" * 64 + ".jpg",
    "/photos/" + "0" * 64 + ".%00",
    "/en/nothing/",
    "/zh-hans/",
]


@pytest.mark.parametrize("address", BROKEN)
def test_a_broken_address_is_not_found(public: dict[str, str], reader: Client, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "<h1>" in answer.content.decode()
