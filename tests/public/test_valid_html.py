"""Every public page is valid HTML, as the Nu checker understands the standard: no error, and no warning either."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.template.loader import render_to_string
from django.test import Client

from bulletins.models import SiteProfile
from tests import nu_checker
from tests.interchange.world import full_story
from tests.public.world import ADDRESSES, Site

# Beside what is there of a plain story: stories with all that one can have, what is gone or never was, other searches.
OTHERS = {
    "article_full": "/articles/{full}/",
    "article_withdrawn": "/articles/{withdrawn}/",
    "not_found": "/nothing/",
    "reference": "/api/v1/",
    "search_unasked": "/search/",
    "search_without": "/search/?q=-平安",
    "search_hostile": '/search/?q=平安 "<b>&amp;',
    "search_further": "/search/?q=平安&before=1",
}
SAMPLE = {
    "sample_feature": "/articles/JN-2021-000004/",
    "sample_photo": "/articles/JN-2021-000001/",
    "sample_page": "/pages/2021-12-31/1/",
    "sample_home": "/",
    "sample_unit": "/units/jining/",
    "sample_campaign": "/campaigns/yanhua-baozhu/",
    "sample_search": "/search/?q=派出所",
}


def keep(folder: Path, addresses: dict[str, str], **numbers: str) -> None:
    """The pages in both languages, a file each."""
    reader = Client()
    for name, path in addresses.items():
        for language, prefix in (("", ""), (" en", "/en")):
            answer = reader.get(prefix + path.format(**numbers))
            assert answer["Content-Type"] == "text/html; charset=utf-8"
            (folder / f"{name}{language}.html").write_bytes(answer.content)


def fill_in_the_footer() -> None:
    SiteProfile.objects.create(
        tagline="人民公安为人民",
        about="第一段。\n\n第二段。",
        organiser="市公安局",
        contact="值班电话 12345",
        site_id_code="3708000001",
        icp_number="鲁ICP备00000000号",
        police_record_number="鲁公网安备 37080000000000号",
        corrections_email="errors@police.example",
        accessibility_statement="/about/",
        address="https://news.example",
    )


@pytest.mark.seen_once
@pytest.mark.django_db
def test_every_public_page_is_valid(tmp_path: Path) -> None:
    with transaction.atomic():
        call_command("loaddata", "sample_page", verbosity=0)
        keep(tmp_path, SAMPLE)
        transaction.set_rollback(True)
    site = Site()
    fill_in_the_footer()
    number, full, gone = site.published("公开之").number, full_story(site).number, site.published("撤下之")
    site.withdraw(gone)
    keep(tmp_path, ADDRESSES | OTHERS, number=number, full=full, withdrawn=gone.number)
    (tmp_path / "server_error.html").write_text(render_to_string("public/server_error.html"), "utf-8")
    assert said_of(tmp_path) == {}


def said_of(folder: Path) -> dict[str, list[str]]:
    """What the checker says, by the name of the page; it is started once for all of them."""
    found = defaultdict(list)
    for message in nu_checker.messages(folder):
        page = Path(message["url"]).name.removesuffix(".html")
        found[page].append(f"{message['type']}: {message['message']} {message.get('extract', '')}")
    return dict(found)


def test_the_checker_sees_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.html").write_text("<!doctype html><title>错</title><p id=a id=b><b>误", "utf-8")
    assert [page for page, _said in said_of(tmp_path).items()] == ["wrong"]
