"""What an office keeps in lists: campaigns, tags, review routes and the site's own details."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from taggit.models import Tag

from bulletins.models import Campaign, Kind, Listing, Route, SiteProfile, TaggedArticle
from bulletins.models.listing import campaign_shelf, tag_shelf
from tests.factories import Newsroom, make_campaign
from tests.shown import as_shown, error_of, sentences
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(newsroom: Newsroom, desk_of: Callable[..., Client]) -> Client:
    return desk_of(newsroom.administrator)


def change(desk: Client, thing: Any, **fields: Any) -> HttpResponse:
    address = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])
    return desk.post(address, as_shown(desk.get(address), **fields))


def add(desk: Client, model: type[Any], **fields: Any) -> HttpResponse:
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    return desk.post(address, as_shown(desk.get(address), **fields))


def may_delete(desk: Client, thing: Any) -> bool:
    address = reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_delete", args=[thing.pk])
    return desk.get(address).status_code == 200


# --- Campaigns ----------------------------------------------------------------------------------------------------


def test_a_campaign_has_a_start_an_end_and_a_unit_that_leads_it(desk: Client, newsroom: Newsroom) -> None:
    add(
        desk,
        Campaign,
        name="打击治理电信网络诈骗",
        slug="fanzha",
        lead_unit=newsroom.bureau.pk,
        starts_on="2026-01-01",
        ends_on="2026-01-01",
    )
    campaign = Campaign.objects.get(slug="fanzha")
    assert (campaign.lead_unit, campaign.starts_on) == (newsroom.bureau, campaign.ends_on)


def test_a_campaign_that_ends_before_it_starts_is_refused_beside_the_day_once(desk: Client) -> None:
    response = add(desk, Campaign, name="甲", slug="jia", starts_on="2026-01-02", ends_on="2026-01-01")
    assert error_of(response, "ends_on") == "结束日期不能早于开始日期。"
    assert sentences(response).count("结束日期不能早于开始日期") == 1
    assert not Campaign.objects.exists()


def test_a_day_that_does_not_exist_is_refused_and_nothing_typed_is_lost(desk: Client) -> None:
    response = add(desk, Campaign, name="护校安园", slug="huxiao", starts_on="2026-02-30")
    assert error_of(response, "starts_on")
    assert 'value="护校安园"' in response.content.decode()


@pytest.mark.parametrize(("field", "sentence"), [("name", "已有同名的专项行动"), ("slug", "该网址已被占用")])
def test_what_another_campaign_has_is_refused_beside_the_field(
    desk: Client, field: str, sentence: str
) -> None:
    make_campaign("禁毒", slug="jindu")
    response = add(desk, Campaign, **({"name": "新", "slug": "xin"} | {"name": "禁毒", "slug": "jindu"}))
    assert sentence in error_of(response, field)


@pytest.mark.parametrize("model", [Campaign, Tag, Unit])
def test_an_address_with_other_signs_is_refused_with_a_sentence(desk: Client, model: type[Any]) -> None:
    refused = add(desk, model, name="护校", slug="护 校/")
    assert "网址只能用文字、数字、连字符和下划线。" in refused.content.decode()


def test_the_old_address_of_a_campaign_goes_on_leading_to_it(desk: Client) -> None:
    campaign = make_campaign(slug="jindu")
    change(desk, campaign, slug="jindu-2026")
    assert Campaign.objects.at_address("jindu") == (campaign, False)


def test_a_desk_editor_keeps_campaigns_too(newsroom: Newsroom, desk_of: Callable[..., Client]) -> None:
    campaign = make_campaign()
    change(desk_of(newsroom.desk_editor), campaign, description="说明")
    campaign.refresh_from_db()
    assert campaign.description == "说明"


def test_the_list_says_whether_a_campaign_runs(desk: Client) -> None:
    make_campaign(ends_on="2020-01-01")
    make_campaign(starts_on="2099-01-01")
    make_campaign(starts_on="2020-01-01")
    make_campaign(is_public=False)
    page = desk.get(reverse("admin:bulletins_campaign_changelist")).content.decode()
    for word in ("已结束", "未开始", "进行中", "常设", "未公开"):
        assert word in page


def test_a_campaign_nothing_belongs_to_is_deleted(desk: Client) -> None:
    campaign = make_campaign()
    desk.post(reverse("admin:bulletins_campaign_delete", args=[campaign.pk]), {"post": "yes"})
    assert not Campaign.objects.exists()


def test_a_campaign_of_a_draft_is_not_deleted(desk: Client, newsroom: Newsroom) -> None:
    campaign = make_campaign()
    newsroom.draft(campaigns=[campaign])
    assert not may_delete(desk, campaign)


def test_a_campaign_that_only_released_texts_name_is_not_deleted(desk: Client, newsroom: Newsroom) -> None:
    campaign = make_campaign()
    release = newsroom.released(campaigns=[campaign])
    release.article.campaigns.clear()
    assert Listing.objects.filter(shelf=campaign_shelf(campaign)).exists()
    assert not may_delete(desk, campaign)


# --- Tags ---------------------------------------------------------------------------------------------------------


def test_a_tag_that_is_not_used_is_renamed(desk: Client) -> None:
    tag = Tag.objects.create(name="禁毐", slug="jindu")
    change(desk, tag, name="禁毒")
    tag.refresh_from_db()
    assert tag.name == "禁毒"


def test_a_tag_in_use_is_neither_renamed_nor_deleted(desk: Client, newsroom: Newsroom) -> None:
    newsroom.draft(tags=["禁毒"])
    tag = Tag.objects.get(name="禁毒")
    address = reverse("admin:taggit_tag_change", args=[tag.pk])
    assert desk.post(address, {"name": "缉毒", "slug": "jidu"}).status_code == 403
    assert not may_delete(desk, tag)


def test_a_tag_that_only_released_texts_name_stays(desk: Client, newsroom: Newsroom) -> None:
    newsroom.released(tags=["禁毒"])
    tag = Tag.objects.get(name="禁毒")
    TaggedArticle.objects.filter(tag=tag).delete()
    assert Listing.objects.filter(shelf=tag_shelf(tag)).exists()
    assert not may_delete(desk, tag)


def test_taggit_s_own_screen_that_merges_without_asking_is_gone() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:taggit_tag_merge_tags")


def test_long_lists_are_not_counted_by_the_database(desk: Client, django_assert_max_num_queries: Any) -> None:
    Tag.objects.bulk_create(Tag(name=f"标签{n}", slug=f"tag-{n}") for n in range(150))
    with django_assert_max_num_queries(15) as caught:
        response = desk.get(reverse("admin:taggit_tag_changelist"), {"p": 2})
    assert len(response.context["cl"].result_list) == 50
    assert not [query for query in caught if "COUNT(*)" in query["sql"].upper()]


# --- Review routes ------------------------------------------------------------------------------------------------


def test_a_kind_takes_the_steps_of_its_route(desk: Client) -> None:
    add(desk, Route, kind=Kind.BRIEF, unit_review=None)
    assert Route.objects.steps_for(Kind.BRIEF) == ["desk_review", "final_review"]


def test_a_second_route_for_a_kind_is_refused_with_a_sentence(desk: Client) -> None:
    Route.objects.create(kind=Kind.BRIEF)
    assert "已设置审核流程" in error_of(add(desk, Route, kind=Kind.BRIEF), "kind")


def test_the_list_of_routes_shows_the_steps(desk: Client) -> None:
    Route.objects.create(kind=Kind.BRIEF, unit_review=False)
    assert "复审 → 终审" in desk.get(reverse("admin:bulletins_route_changelist")).content.decode()


# --- The site's own details ---------------------------------------------------------------------------------------


def test_the_first_details_of_the_site_are_added_and_no_second_ones(desk: Client) -> None:
    assert add(desk, SiteProfile, name="济宁公安新闻").status_code == 302
    assert SiteProfile.objects.get().name == "济宁公安新闻"
    assert desk.get(reverse("admin:bulletins_siteprofile_add")).status_code == 403


def test_the_list_of_one_leads_to_it(desk: Client) -> None:
    profile = SiteProfile.objects.create()
    response = desk.get(reverse("admin:bulletins_siteprofile_changelist"))
    assert response["Location"] == reverse("admin:bulletins_siteprofile_change", args=[profile.pk])


@pytest.mark.parametrize(
    ("field", "value"),
    [("site_id_code", "123"), ("number_prefix", "jn"), ("number_prefix", ""), ("corrections_email", "x")],
)
def test_numbers_that_cannot_be_right_are_refused_beside_the_field(
    desk: Client, field: str, value: str
) -> None:
    profile = SiteProfile.objects.create()
    assert error_of(change(desk, profile, **{field: value}), field)


def test_every_change_of_the_site_stands_in_its_history(desk: Client) -> None:
    profile = SiteProfile.objects.create()
    change(desk, profile, icp_number="鲁ICP备1号")
    page = desk.get(reverse("admin:bulletins_siteprofile_history", args=[profile.pk])).content.decode()
    assert "鲁ICP备1号" in page
    assert "管理员己" in page


@pytest.mark.parametrize("address", ["units/unit/", "taggit/tag/", "accounts/user/", "bulletins/campaign/"])
@pytest.mark.parametrize(
    "query", ["q=%00", "kind__exact=%00", "p=x", "p=99999999999", "o=99.x", "nonsense=1"]
)
def test_a_broken_address_of_a_list_is_never_a_server_error(desk: Client, address: str, query: str) -> None:
    assert desk.get(f"/desk/{address}?{query}").status_code in {200, 302, 400, 404}
