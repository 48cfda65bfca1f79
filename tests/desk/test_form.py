"""The article form: what is saved, and what is said when it cannot be."""

from datetime import date

import pytest
from django.urls import reverse

from bulletins.models import Article, Stage, Transition
from tests.desk.conftest import filled_in
from tests.factories import make_campaign, make_correspondent, make_unit

pytestmark = pytest.mark.django_db

NEW = "/desk/articles/new/"


def edit_of(article):
    return reverse("admin:article_edit", args=[article.number])


def test_a_new_article_is_begun_through_the_workflow(newsroom, desk_of):
    answer = desk_of(newsroom.correspondent).post(NEW, filled_in(unit=newsroom.station.pk, save="1"))
    article = Article.objects.get()
    assert answer.url == edit_of(article)
    assert (article.stage, article.author, article.title) == (
        Stage.DRAFT,
        newsroom.correspondent,
        "民警雪夜送归走失老人",
    )
    assert Transition.objects.get().verb == "start"
    assert article.revisions.get().content["credits"][0]["name"] == "张三"


def test_submit_saves_and_submits(newsroom, desk_of):
    answer = desk_of(newsroom.correspondent).post(
        NEW, filled_in(unit=newsroom.station.pk, submit="1"), follow=True
    )
    assert Article.objects.get().stage == Stage.UNIT_REVIEW
    assert "已投稿" in answer.text


def test_the_unit_of_the_correspondent_is_chosen_beforehand(newsroom, desk_of):
    page = desk_of(newsroom.correspondent).get(NEW)
    assert page.context["form"]["unit"].value() == newsroom.station.pk
    assert [unit.pk for unit in page.context["form"].fields["unit"].queryset] == [newsroom.station.pk]


def test_who_writes_for_a_closed_unit_is_told_why_it_is_not_possible(newsroom, desk_of):
    newsroom.station.closed_on = date(2020, 1, 1)
    newsroom.station.save()
    answer = desk_of(newsroom.correspondent).get(NEW, follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert "所在单位已撤销，请联系管理员调整任职。" in answer.text


def test_a_new_article_is_credited_to_its_author(newsroom, desk_of):
    newsroom.correspondent.correspondent = make_correspondent("李卫东", newsroom.station)
    newsroom.correspondent.save()
    assert 'value="李卫东"' in desk_of(newsroom.correspondent).get(NEW).text


def test_all_reasons_against_submitting_are_shown_at_once_and_the_draft_is_kept(newsroom, desk_of):
    page = desk_of(newsroom.correspondent).post(
        NEW,
        filled_in(unit=newsroom.other_station.pk, headline="", body="", kind="photo", submit="1"),
    )
    assert page.status_code == 422 and not Article.objects.exists()  # not a unit of theirs

    page = desk_of(newsroom.correspondent).post(
        NEW,
        filled_in(unit=newsroom.station.pk, headline="", body="", kicker="留下的眉题", submit="1"),
        follow=True,
    )
    assert {"headline", "body"} == set(page.context["at_field"])
    assert "缺少标题" in page.text and "缺少正文" in page.text
    assert Article.objects.get().kicker == "留下的眉题"


def test_a_photo_story_without_photo_says_so_beside_the_photos(newsroom, desk_of):
    page = desk_of(newsroom.correspondent).post(
        NEW, filled_in(unit=newsroom.station.pk, kind="photo", submit="1"), follow=True
    )
    assert list(page.context["at_field"]) == ["photos"]


def test_errors_keep_everything_that_was_typed(newsroom, desk_of):
    page = desk_of(newsroom.correspondent).post(
        NEW,
        filled_in(unit=newsroom.station.pk, kicker="长" * 61, body="<p>写了很久的正文</p>", tags="反诈"),
    )
    assert page.status_code == 422
    assert "写了很久的正文" in page.text and "反诈" in page.text and "长" * 61 in page.text


def test_the_same_form_sent_twice_begins_one_article(newsroom, desk_of):
    desk = desk_of(newsroom.correspondent)
    for _ in range(2):
        answer = desk.post(NEW, filled_in(unit=newsroom.station.pk, save="1", ticket="twice"))
    assert Article.objects.count() == 1
    assert answer.url == edit_of(Article.objects.get())


def test_what_was_written_after_pressing_back_is_saved_in_the_same_article(newsroom, desk_of):
    desk = desk_of(newsroom.correspondent)
    form = filled_in(unit=newsroom.station.pk, save="1", ticket="back")
    desk.post(NEW, form)
    desk.post(NEW, form | {"body": "<p>后退以后又写的正文。</p>"})
    article = Article.objects.get()
    assert (article.body, article.revision_number) == ("<p>后退以后又写的正文。</p>", 2)


def test_what_was_written_after_pressing_back_does_not_overwrite_what_was_saved_since(newsroom, desk_of):
    desk = desk_of(newsroom.correspondent)
    form = filled_in(unit=newsroom.station.pk, save="1", ticket="back")
    desk.post(NEW, form)
    article = Article.objects.get()
    desk.post(edit_of(article), filled_in(article, body="<p>第二版的正文。</p>", save="1"))
    page = desk.post(NEW, form | {"body": "<p>后退以后又写的正文。</p>"})
    assert page.status_code == 409 and f'action="{edit_of(article)}"' in page.text
    assert page.context["form"]["body"].value() == "<p>后退以后又写的正文。</p>"
    article.refresh_from_db()
    assert article.body == "<p>第二版的正文。</p>"


def test_saving_an_article_twice_makes_one_version(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    form = filled_in(article, body="<p>第二版的正文。</p>", save="1")
    answers = [desk.post(edit_of(article), form) for _ in range(2)]
    article.refresh_from_db()
    assert article.revision_number == 2
    assert [answer.status_code for answer in answers] == [302, 302]


def test_submitting_twice_submits_once(newsroom, desk_of):
    article = newsroom.draft()
    desk = desk_of(newsroom.correspondent)
    form = filled_in(article, submit="1")
    answers = [desk.post(edit_of(article), form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert article.transitions.filter(verb="submit").count() == 1


def test_byline_campaigns_and_tags_are_saved_in_order(newsroom, desk_of):
    person, campaign = make_correspondent("侯宪锋", newsroom.station), make_campaign("护校安园")
    article = newsroom.draft()
    desk_of(newsroom.correspondent).post(
        edit_of(article),
        filled_in(
            article,
            **{
                "credits-TOTAL_FORMS": "3",
                "credits-0-name": "牛文县", "credits-0-ORDER": "2",
                "credits-1-name": "侯宪锋", "credits-1-correspondent": person.pk, "credits-1-ORDER": "1",
                "credits-2-name": "删掉的", "credits-2-DELETE": "on",
                "credits-1-role": "photo",
            },
            campaigns=[campaign.pk],
            tags="反诈、暖心，救助",
        ),
    )  # fmt: skip
    content = article.revisions.last().content
    assert [(c["name"], c["correspondent"], c["role"]) for c in content["credits"]] == [
        ("侯宪锋", person.slug, "photo"),
        ("牛文县", None, "text"),
    ]
    assert content["campaigns"] == [{"slug": campaign.slug, "name": "护校安园"}]
    assert content["tags"] == sorted(["反诈", "暖心", "救助"])


def test_a_changed_name_is_not_the_correspondent_any_more(newsroom, desk_of):
    person = make_correspondent("侯宪锋", newsroom.station)
    article = newsroom.draft()
    desk_of(newsroom.correspondent).post(
        edit_of(article),
        filled_in(article, **{"credits-0-name": "侯先锋", "credits-0-correspondent": person.pk}),
    )
    assert article.credits.get().correspondent is None


def test_a_typed_name_means_the_only_correspondent_of_the_unit_who_bears_it(newsroom, desk_of):
    person = make_correspondent("张三", newsroom.station)
    make_correspondent("张三", newsroom.other_station)
    article = newsroom.draft()
    desk_of(newsroom.correspondent).post(edit_of(article), filled_in(article))
    assert article.credits.get().correspondent == person


def test_scripts_and_foreign_pictures_never_reach_the_database(newsroom, desk_of):
    article = newsroom.draft()
    body = (
        '<p onclick="x()">好<script>alert(1)</script><a href="javascript:x">链</a></p>'
        '<img src="file:///C:/a.png"><img src="data:image/png;base64,AA"><img src="http://x.test/a.png">'
        '<iframe src="//x.test"></iframe><p style="color:red">正文</p>'
    )
    page = desk_of(newsroom.correspondent).post(
        edit_of(article), filled_in(article, body=body, save="1"), follow=True
    )
    article.refresh_from_db()
    assert article.body == '<p>好<a rel="noopener noreferrer">链</a></p><p>正文</p>'
    assert "3 张外来图片未保留" in page.text


def test_plain_text_becomes_paragraphs(newsroom, desk_of):
    article = newsroom.draft()
    desk_of(newsroom.correspondent).post(
        edit_of(article), filled_in(article, body="第一段：3<5。\r\n\r\n　　第二段&第三句。\n")
    )
    article.refresh_from_db()
    assert article.body == "<p>第一段：3&lt;5。</p><p>第二段&amp;第三句。</p>"


def test_rare_characters_and_emoji_survive(newsroom, desk_of):
    article = newsroom.draft()
    desk_of(newsroom.correspondent).post(
        edit_of(article), filled_in(article, headline="𬱖山派出所👮", body="<p>𬱖𠮷👮‍♀️</p>")
    )
    article.refresh_from_db()
    assert (article.headline, article.body) == ("𬱖山派出所👮", "<p>𬱖𠮷👮‍♀️</p>")


def test_a_text_beyond_the_limit_is_refused_with_a_sentence(newsroom, desk_of):
    article = newsroom.draft()
    page = desk_of(newsroom.correspondent).post(
        edit_of(article), filled_in(article, body="<p>" + "长" * 200_001 + "</p>")
    )
    assert page.status_code == 422 and "正文过长" in page.text


def test_a_zero_byte_is_an_error_beside_the_field(newsroom, desk_of):
    article = newsroom.draft()
    page = desk_of(newsroom.correspondent).post(edit_of(article), filled_in(article, headline="标\0题"))
    assert page.status_code == 422 and page.context["form"].errors["headline"]


def test_whoever_may_not_edit_is_shown_the_article_and_the_reason(newsroom, desk_of):
    article = newsroom.submitted()
    page = desk_of(newsroom.correspondent).get(edit_of(article), follow=True)
    assert page.redirect_chain[-1][0] == reverse("admin:article", args=[article.number])
    assert "如需修改，请先撤回" in page.text


def test_a_returned_article_shows_its_reasons_above_the_form(newsroom, desk_of):
    article = newsroom.at_stage(Stage.RETURNED)
    page = desk_of(newsroom.correspondent).get(edit_of(article))
    assert "请补充时间地点" in page.text and page.text.index("请补充时间地点") < page.text.index(
        'name="headline"'
    )


def test_kind_and_unit_are_not_asked_during_review(newsroom, desk_of):
    article = newsroom.submitted()
    page = desk_of(newsroom.unit_reviewer).get(edit_of(article))
    assert "kind" not in page.context["form"].fields and "unit" not in page.context["form"].fields


def test_somebody_who_writes_for_no_unit_cannot_begin(newsroom, desk_of):
    assert desk_of(newsroom.administrator).get(NEW).status_code == 403


def test_a_closed_unit_is_not_offered(newsroom, desk_of):
    closed = make_unit("旧派出所", parent=newsroom.bureau, closed_on="2020-01-01")
    page = desk_of(newsroom.desk_editor).get(NEW)
    assert closed not in page.context["form"].fields["unit"].queryset


def test_what_is_too_large_to_be_read_at_all_gets_a_page_that_says_so(newsroom, desk_of, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    page = desk_of(newsroom.correspondent).post(NEW, filled_in(body="长" * 2000))
    assert page.status_code == 400 and "请用浏览器返回上一页" in page.text
