"""What an office says of itself on every page, and a site on which nothing stands yet."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from bulletins.models import SiteProfile


def test_the_footer_prints_the_numbers_that_are_set(db: None, reader: Client) -> None:
    assert "政府网站标识码" not in reader.get("/").content.decode()
    SiteProfile.objects.create(name="某市公安新闻", site_id_code="3708000001", icp_number="鲁ICP备1号")
    text = reader.get("/").content.decode()
    assert "3708000001" in text
    assert "鲁ICP备1号" in text
    assert '<h1 lang="zh-Hans">某市公安新闻</h1>' in text


def test_an_empty_site_has_a_front_page_that_says_so(db: None, reader: Client) -> None:
    for address in ("home", "units", "campaigns", "tags", "correspondents", "pages", "about"):
        answer = reader.get(reverse(f"public:{address}"))
        assert answer.status_code == 200
    assert "这里还没有刊发稿件" in reader.get("/").content.decode()
