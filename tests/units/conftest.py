"""The newsroom and the browsers of the desk."""

from tests.desk.conftest import desk_of, newsroom, own_media_and_an_empty_cache  # noqa: F401
