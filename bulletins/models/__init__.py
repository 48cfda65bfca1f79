"""Data and constraints of the newsroom: articles in the making, and what of them is public."""

from taggit.models import Tag

from accounts.models import Correspondent
from bulletins.models.append_only import AppendOnlyError
from bulletins.models.arrangement import Arranged, Arrangement
from bulletins.models.article import (
    REVIEW_STEPS,
    Article,
    Capacity,
    Credit,
    CreditRole,
    HeadlineJoin,
    Kind,
    NumberSeries,
    Stage,
)
from bulletins.models.campaign import Campaign
from bulletins.models.checking import LinkAnswer, NotedFinding, Override, PictureBand, TextBand
from bulletins.models.listing import Listing
from bulletins.models.log import LogEntry, LogHead, LogKind
from bulletins.models.look import Look
from bulletins.models.notice import (
    Channel,
    Delivery,
    DeliveryState,
    Event,
    Mail,
    Notice,
    NoticeChoice,
    Robot,
    RobotKind,
)
from bulletins.models.old_address import OldAddress
from bulletins.models.page import Page, Placement
from bulletins.models.photo import Photo
from bulletins.models.preview import PreviewEnding, PreviewLink
from bulletins.models.proof import Proof, ProofDue, ProofResult
from bulletins.models.release import Ask, Outcome, Proposal, Release, ReleasePhoto, ReleaseState
from bulletins.models.remark import Deed, Remark, RemarkReply
from bulletins.models.review import Decision, RefusalCode, Review
from bulletins.models.revision import Revision
from bulletins.models.search import SearchEntry, SearchRebuild
from bulletins.models.site import Route, SiteProfile
from bulletins.models.tags import TaggedArticle
from bulletins.models.term import TermEntry, TermSeverity
from bulletins.models.transition import Transition
from units.models import FormerSlug, Unit

__all__ = [
    "REVIEW_STEPS",
    "AppendOnlyError",
    "Arranged",
    "Arrangement",
    "Article",
    "Ask",
    "Campaign",
    "Capacity",
    "Channel",
    "Credit",
    "CreditRole",
    "Decision",
    "Deed",
    "Delivery",
    "DeliveryState",
    "Event",
    "HeadlineJoin",
    "Kind",
    "LinkAnswer",
    "Listing",
    "LogEntry",
    "LogHead",
    "LogKind",
    "Look",
    "Mail",
    "NotedFinding",
    "Notice",
    "NoticeChoice",
    "NumberSeries",
    "OldAddress",
    "Outcome",
    "Override",
    "Page",
    "Photo",
    "PictureBand",
    "Placement",
    "PreviewEnding",
    "PreviewLink",
    "Proof",
    "ProofDue",
    "ProofResult",
    "Proposal",
    "RefusalCode",
    "Release",
    "ReleasePhoto",
    "ReleaseState",
    "Remark",
    "RemarkReply",
    "Review",
    "Revision",
    "Robot",
    "RobotKind",
    "Route",
    "SearchEntry",
    "SearchRebuild",
    "SiteProfile",
    "Stage",
    "TaggedArticle",
    "TermEntry",
    "TermSeverity",
    "TextBand",
    "Transition",
    "public_tables",
]

PUBLIC_MODELS = (
    Unit, FormerSlug, Correspondent, Campaign, Tag, Release, ReleasePhoto, Listing, Page, Placement, SearchEntry,
    SiteProfile, OldAddress,
)  # fmt: skip


def public_tables() -> list[str]:
    """The tables that the public plane reads, and the only ones its database role may."""
    return [model._meta.db_table for model in PUBLIC_MODELS]
