"""What an article still lacks: headline, unit, credit, what belongs to a photo. Bare text lacks nothing.

`around.more["campaigns"]` may hold the dates of campaigns: {slug: (starts, ends)}, either of them None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from bulletins.models.article import Kind
from bulletins.models.body import reader_text
from bulletins.models.revision import Content
from bulletins.readiness.finding import Finding, Severity
from bulletins.readiness.subject import Around, Folded, Subject

# WeChat takes a digest of 128 characters; a list shows less.
LONGEST_SUMMARY = 120
# The bureau itself speaks in these; they bear no byline.
UNSIGNED = frozenset({Kind.INCIDENT, Kind.WANTED, Kind.WARNING})
# A headline that begins with what was done does not say who did it.
DEEDS = re.compile(
    "荣膺|荣获|喜获|获评|获得|斩获|开展|组织|召开|举办|举行|破获|成功|抓获|深入|严打|严厉|严查|扎实|全力|强化|加强|积极|快速|"
    "筑牢|织密|推进|推动|深化|聚焦|守护|常态|全面|多措并举|精准|持续|从严|走进|传达|部署|联合|迅速|紧急|暖心|及时"
)
# Whoever could be the subject of a headline.
SUBJECTS = re.compile(
    "公安|局|派出所|支队|大队|中队|[民辅交特]警|警方|警察|基地|我[省市县区]|全[省市县区]|老人|[男女]子|群众自发"
)


def _finding(
    key: str, severity: Severity, passage: str, text: str = "", context: dict[str, str] | None = None
) -> Finding:
    return Finding("completeness", key, severity, passage, 0, len(text), text, "", context or {})


def _text(content: Content) -> Iterator[Finding]:
    headline = " ".join(line.strip() for line in content["headline"]).strip()
    if not headline and content["kind"] != Kind.PHOTO:
        yield _finding("headline_missing", Severity.BLOCK, "headline")
    if headline and not content["kicker"].strip() and DEEDS.match(headline) and not SUBJECTS.search(headline):
        yield _finding("kicker_missing", Severity.INFO, "kicker")
    if not Folded.of(reader_text(content["body"])).text.strip():
        yield _finding("body_missing", Severity.BLOCK, "body")
    summary = content["summary"]
    if len(summary) > LONGEST_SUMMARY:
        context = {"length": str(len(summary)), "longest": str(LONGEST_SUMMARY)}
        yield _finding("summary_too_long", Severity.WARN, "summary", summary, context)


def _origin(content: Content) -> Iterator[Finding]:
    if not content["unit"]["slug"]:
        yield _finding("unit_missing", Severity.BLOCK, "unit")
    is_signed = any(credit["name"].strip() for credit in content["credits"])
    if not is_signed and content["kind"] not in UNSIGNED:
        yield _finding("credit_missing", Severity.WARN, "credits")


def _photo(number: int, photo: dict[str, Any], *, body_is_caption: bool) -> Iterator[Finding]:
    passage, context = f"photos.{number}", {"photo": str(number + 1)}
    if photo["is_missing"]:
        # The picture was not kept, so there is nothing to describe.
        yield _finding("photo_not_kept", Severity.INFO, f"{passage}.caption", context=context)
        return
    if not photo["caption"].strip() and not body_is_caption:
        yield _finding("photo_without_caption", Severity.WARN, f"{passage}.caption", context=context)
    if not photo["alt"].strip():
        yield _finding("photo_without_alt", Severity.WARN, f"{passage}.alt", context=context)
    if not photo["credit"].strip():
        yield _finding("photo_without_credit", Severity.WARN, f"{passage}.credit", context=context)


def _photos(content: Content) -> Iterator[Finding]:
    photos, is_story = content["photos"], content["kind"] == Kind.PHOTO
    if is_story and not photos:
        yield _finding("photo_story_without_photo", Severity.WARN, "photos")
    for number, photo in enumerate(photos):
        yield from _photo(number, photo, body_is_caption=is_story and len(photos) == 1)


def _campaigns(content: Content, around: Around) -> Iterator[Finding]:
    if not content["campaigns"]:
        yield _finding("campaign_missing", Severity.INFO, "campaigns")
    dates = around.more.get("campaigns", {})
    for campaign in content["campaigns"]:
        starts, ends = dates.get(campaign["slug"], (None, None))
        if (starts and around.day < starts) or (ends and around.day > ends):
            period = f"{starts or '…'}—{ends or '…'}"
            context = {"campaign": campaign["name"], "period": period, "day": around.day.isoformat()}
            yield _finding("campaign_not_running", Severity.INFO, "campaigns", context=context)


def check(subject: Subject, around: Around) -> Iterator[Finding]:
    if subject.content is None:
        return
    yield from _text(subject.content)
    yield from _origin(subject.content)
    yield from _photos(subject.content)
    yield from _campaigns(subject.content, around)
