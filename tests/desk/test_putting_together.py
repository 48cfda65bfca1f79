"""A stale save: what does not collide is put together by itself, what does is chosen, and then it is saved as usual."""

import pytest
from django.urls import reverse

from bulletins import workflow
from bulletins.models import Article, Credit, Photo
from tests.browser.people import photo_file
from tests.desk.conftest import filled_in
from tests.factories import make_campaign

pytestmark = pytest.mark.django_db

FIRST, SECOND, THIRD = "民警走访商户。", "夜里遇到一名老人。", "家属送来锦旗。"


def p(*texts):
    return "".join(f"<p>{text}</p>" for text in texts)


def saves(article, actor, *, credits=(), campaigns=None, **fields):
    def write(locked):
        for name, value in fields.items():
            setattr(locked, name, value)
        locked.save()
        for name in credits:
            Credit.objects.create(article=locked, name=name, position=locked.credits.count() + 1)
        if campaigns is not None:
            locked.campaigns.set(campaigns)

    workflow.perform("edit", article, actor=actor, write=write)


@pytest.fixture
def article(newsroom):
    return newsroom.draft(body=p(FIRST, SECOND, THIRD), kicker="湖滨派出所", headline="民警雪夜送归走失老人")


@pytest.fixture
def send(newsroom, desk_of, article):
    """Sends the author's form, which was opened on the first version."""
    desk = desk_of(newsroom.correspondent)

    def sends(**fields):
        form = filled_in(article) | {"seen_revision": 1, "body": p(FIRST, SECOND, THIRD)} | fields
        return desk.post(reverse("admin:article_edit", args=[article.number]), form)

    return sends


def put_together(page):
    return page.context["conflict"]["together"]


def test_paragraphs_and_fields_that_only_one_changed_are_put_together(newsroom, article, send):
    saves(article, newsroom.desk_editor, body=p("编辑改过。", SECOND, THIRD), summary="编辑的摘要")
    page = send(body=p(FIRST, SECOND, "作者改过。"), kicker="作者的眉题")
    assert page.status_code == 409 and put_together(page).collisions == []
    form = page.context["form"]
    assert form["body"].value() == p("编辑改过。", SECOND, "作者改过。")
    assert (form["kicker"].value(), form["summary"].value()) == ("作者的眉题", "编辑的摘要")
    assert "两边的修改没有冲突" in page.text and page.context["seen_revision"] == 2


def collide(newsroom, article, send, **fields):
    saves(article, newsroom.desk_editor, body=p("编辑改过。", SECOND, THIRD), kicker="编辑的眉题")
    page = send(body=p("作者改过。", SECOND, THIRD), kicker="作者的眉题", **fields)
    return page, {collision.label: collision for collision in put_together(page).collisions}


def test_what_both_changed_is_offered_for_choosing_and_mine_stays_meanwhile(newsroom, article, send):
    page, collisions = collide(newsroom, article, send)
    assert [c.choice for c in collisions.values()] == ["mine", "mine"]
    assert page.context["form"]["body"].value() == p("作者改过。", SECOND, THIRD)
    assert page.text.count('name="merge_base" value="1"') == 1


@pytest.mark.parametrize(
    ("choice", "body"),
    [
        ("theirs", ("编辑改过。", SECOND, THIRD)),
        ("mine", ("作者改过。", SECOND, THIRD)),
        ("both", ("编辑改过。", "作者改过。", SECOND, THIRD)),
        ("nonsense", ("作者改过。", SECOND, THIRD)),
    ],
)
def test_the_choice_is_put_in_and_saved_after_theirs(newsroom, article, send, choice, body):
    _page, collisions = collide(newsroom, article, send)
    chosen = {c.name: choice for c in collisions.values()} | {"merge_base": 1, "seen_revision": 2, "save": 1}
    assert send(body=p("作者改过。", SECOND, THIRD), kicker="作者的眉题", **chosen).status_code == 302
    now = Article.objects.get()
    # All of theirs is their version.
    assert (now.body, now.revision_number) == (p(*body), 2 if choice == "theirs" else 3)
    assert now.kicker == ("编辑的眉题" if choice == "theirs" else "作者的眉题")


def test_it_can_be_looked_through_before_it_is_saved(newsroom, article, send):
    _page, collisions = collide(newsroom, article, send)
    chosen = {c.name: "theirs" for c in collisions.values()}
    mine = {"body": p("作者改过。", SECOND, THIRD), "kicker": "作者的眉题"}
    page = send(**mine, **chosen, merge_base=1, seen_revision=2, merge=1)
    assert page.status_code == 200 and Article.objects.get().revision_number == 2
    assert page.context["form"]["body"].value() == p("编辑改过。", SECOND, THIRD)
    assert page.context["seen_revision"] == 2 and page.context["conflict"] is None


def test_a_third_save_meanwhile_is_told_again(newsroom, article, send):
    _page, collisions = collide(newsroom, article, send)
    saves(article, newsroom.desk_editor, kicker="编辑又改")
    chosen = {c.name: "theirs" for c in collisions.values()} | {"merge_base": 1, "seen_revision": 2}
    page = send(body=p("作者改过。", SECOND, THIRD), kicker="作者的眉题", **chosen)
    assert page.status_code == 409 and Article.objects.get().revision_number == 3
    assert page.context["form"]["kicker"].value() == "作者的眉题"


def test_names_tags_and_campaigns_of_both_come_together(newsroom, article, send):
    theirs, mine = make_campaign("平安行动"), make_campaign("反诈行动")
    saves(article, newsroom.desk_editor, credits=["李四"], campaigns=[theirs])
    rows = {"credits-TOTAL_FORMS": 2, "credits-1-name": "王五", "credits-1-capacity": "correspondent"}
    page = send(campaigns=[mine.pk], tags="反诈", **rows)
    assert put_together(page).collisions == []
    data = page.context["form"].data
    names = [data[f"credits-{n}-name"] for n in range(int(data["credits-TOTAL_FORMS"]))]
    assert names == ["张三", "李四", "王五"]
    assert set(data.getlist("campaigns")) == {str(theirs.pk), str(mine.pk)} and data["tags"] == "反诈"


def test_the_words_and_the_order_of_photos_come_together(newsroom, desk_of, article):
    from io import BytesIO

    def picture(name, colour):
        file = BytesIO(photo_file(colour=colour)["buffer"])
        file.name = name
        return file

    desk = desk_of(newsroom.correspondent)
    address = reverse("admin:article_edit", args=[article.number])
    base = filled_in(article, body=p(FIRST))
    desk.post(address, base | {"save": 1, "new_photos": [picture("一.jpg", "navy")]})
    article.refresh_from_db()
    token = desk.get(address).context["sheet"].photos.initial[0]["token"]
    mine = filled_in(article, body=p(FIRST)) | {
        "photos-TOTAL_FORMS": 1, "photos-0-token": token, "photos-0-caption": "作者的说明",
        "new_photos": [picture("二.jpg", "teal")],
    }  # fmt: skip

    def write(locked):
        locked.photos.update(credit="编辑摄")
        locked.body = f'<p>{FIRST}</p><img src="photo:{locked.photos.get().sha256}">'
        locked.save()

    workflow.perform("edit", article, actor=newsroom.desk_editor, write=write)
    page = desk.post(address, mine)
    data = page.context["form"].data
    assert page.status_code == 409 and data["photos-TOTAL_FORMS"] == "2"
    assert (data["photos-0-caption"], data["photos-0-credit"]) == ("作者的说明", "编辑摄")
    assert "/pictures/" in data["body"] and "photo:" not in data["body"]
    kept = {name: data.getlist(name) for name in data if name != "new_photos"} | {
        "seen_revision": 3,
        "save": 1,
    }
    assert desk.post(address, kept).status_code == 302
    assert list(Photo.objects.values_list("caption", "credit")) == [("作者的说明", "编辑摄"), ("", "")]
    assert "photo:" in Article.objects.get().body


def test_a_form_that_does_not_say_what_it_began_with_keeps_its_text(newsroom, article, send):
    saves(article, newsroom.desk_editor, kicker="编辑的眉题")
    page = send(seen_revision="", kicker="作者的眉题")
    assert page.status_code == 409 and "together" not in page.context["conflict"]
    assert page.context["form"]["kicker"].value() == "作者的眉题"


# --- What the browser kept ---------------------------------------------------------------------------------------


def test_what_was_kept_comes_back_unsaved(article, send):
    page = send(kicker="存在本机的眉题", restore=1)
    assert page.status_code == 200 and page.context["form"]["kicker"].value() == "存在本机的眉题"
    assert page.context["seen_revision"] == 1 and Article.objects.get().revision_number == 1


def test_what_was_kept_is_put_together_with_what_was_saved_since(newsroom, article, send):
    saves(article, newsroom.desk_editor, summary="编辑的摘要")
    page = send(kicker="存在本机的眉题", restore=1)
    form = page.context["form"]
    assert (form["kicker"].value(), form["summary"].value()) == ("存在本机的眉题", "编辑的摘要")
    assert page.context["seen_revision"] == 2 and Article.objects.get().revision_number == 2


def test_a_new_article_that_was_kept_begins_nothing_when_it_comes_back(newsroom, desk_of):
    form = filled_in(unit=newsroom.station.pk, restore=1)
    page = desk_of(newsroom.correspondent).post(reverse("admin:article_new"), form)
    assert page.status_code == 200 and page.context["form"]["kicker"].value() == "湖滨派出所"
    assert not Article.objects.exists()


@pytest.mark.parametrize(("ticket", "named"), [("abc-_1", "abc-_1"), ("a;b\r\nc", ""), ("", ""), ("长", "")])
def test_the_browser_is_told_which_form_was_saved(article, send, ticket, named):
    answer = send(kicker="改过", ticket=ticket, save=1)
    assert answer.status_code == 302
    cookie = answer.cookies.get("desk_saved")
    assert (cookie.value if cookie else "") == named
    assert not cookie or cookie["path"] == "/desk/"
