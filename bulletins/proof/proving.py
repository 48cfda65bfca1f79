"""Making a proof: every place is asked, and what was found is written down once and for good."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from bulletins.models import Article, Proof, ProofDue, ProofResult, Release, SiteProfile, Transition
from bulletins.proof.asking import Answer, Inside, Outside, Way, follow
from bulletins.proof.copies import copies, rows_left
from bulletins.proof.places import Asked, Story, ever_public, places_of
from bulletins.proof.traces import Traces, text_of, traces_of

logger = logging.getLogger("bulletins.proof")

# Once at once, and once more when caches that were promised nothing should have forgotten it.
AGAIN = timedelta(minutes=10)
# Nobody who presses a button twice asks for it twice.
DOUBLE_CLICK = timedelta(seconds=30)
# By these a story is taken away.
WITHDRAWING = frozenset({"confirm_withdrawal", "withdraw_at_once"})
# In one round, so that what else waits for the worker has its turn.
MOST_AT_ONCE = 2


@dataclass(frozen=True)
class Line:
    """One line of the record. `way`: inside, network, file (among the assets) or row (left in a table)."""

    path: str
    way: str
    wanted: str
    status: int
    fault: str
    found: list[str]
    is_shown: bool


def order(line: Transition) -> list[ProofDue]:
    """Write down that this withdrawal is to be proved: now, and once more. Called within its transaction."""
    if line.verb not in WITHDRAWING:
        return []
    return [
        ProofDue.objects.create(transition=line, article=line.article, due_at=line.at + later)
        for later in (timedelta(), AGAIN)
    ]


def order_again(article: Article, *, actor: User, at: datetime) -> ProofDue | None:
    """Somebody wants to see it proved anew. Nothing if it is not withdrawn, or has been asked for a moment ago."""
    withdrawal = article.transitions.filter(verb__in=WITHDRAWING).order_by("-at", "-pk").first()
    if withdrawal is None or Release.objects.visible(at=at).filter(article=article).exists():
        return None
    with transaction.atomic():
        Article.objects.select_for_update().get(pk=article.pk)
        lately = ProofDue.objects.filter(article=article, due_at__lte=at, due_at__gt=at - DOUBLE_CLICK)
        if lately.filter(asked_by=actor).exists() or lately.open(at=at).exists():  # type: ignore[attr-defined]
            return None
        return ProofDue.objects.create(transition=withdrawal, article=article, due_at=at, asked_by=actor)


def prove(due: ProofDue) -> Proof:
    """Ask, judge, and write it down. If somebody else did so meanwhile, theirs stands. Shouts into the log of what is shown."""
    if done := Proof.objects.filter(due=due).first():
        return done  # type: ignore[no-any-return]
    began = timezone.now()
    proof = Proof(due=due, article=due.article, began_at=began)
    releases = ever_public(due.article_id, at=began)
    if Release.objects.visible(at=began).filter(article=due.article_id).exists() or not releases:
        proof.result = ProofResult.PUBLIC_AGAIN
    else:
        _ask_or_say_why_not(proof, releases)
        if Release.objects.visible(at=timezone.now()).filter(article=due.article_id).exists():
            proof.result = ProofResult.PUBLIC_AGAIN  # it came back while it was asked for
    proof.ended_at = timezone.now()
    try:
        with transaction.atomic():
            proof.save()
    except IntegrityError:
        return Proof.objects.get(due=due)  # type: ignore[no-any-return]
    _tell(proof)
    return proof


def prove_due() -> None:
    """A round of the worker: whatever is due and not done, as also when a worker was killed over it."""
    for due in ProofDue.objects.open(at=timezone.now()).order_by("due_at")[:MOST_AT_ONCE]:
        prove(due)


def _ask_or_say_why_not(proof: Proof, releases: list[Release]) -> None:
    """Whatever goes wrong here is no proof, and is written down as that."""
    try:
        _ask(proof, Story(releases, traces_of(releases, at=proof.began_at), proof.began_at))
    except Exception:
        logger.exception("The withdrawal of %s could not be proved", proof.article.number)
        proof.result = ProofResult.UNANSWERED
        proof.answers = [asdict(Line("", "inside", "silent", 0, "error", [], is_shown=False))]


def _ask(proof: Proof, story: Story) -> None:
    places, inside = places_of(story), Inside()
    kept = [Asked(path, is_gone=True) for path in copies(story.releases, story.traces)]
    lines = list(_asked(inside, places, story.traces))
    lines += [
        _judged(asked, "file", follow(inside, asked.path), story.traces, is_kept=True) for asked in kept
    ]
    lines += [Line(row, "row", "gone", 0, "", [story.number], True) for row in rows_left(story.releases)]
    is_proved = not any(line.fault for line in lines)
    if root := SiteProfile.objects.current().address:
        proof.site = root
        lines += _asked(Outside(root), [*places, *kept], story.traces)
    proof.looked_for, proof.elsewhere = story.traces.named(), story.traces.elsewhere
    proof.answers = [asdict(line) for line in lines]
    if any(line.is_shown for line in lines):
        proof.result = ProofResult.SHOWN
    else:
        proof.result = ProofResult.GONE if is_proved else ProofResult.UNANSWERED


def _asked(way: Way, places: list[Asked], traces: Traces) -> Iterator[Line]:
    for asked in places:
        yield _judged(asked, way.name, follow(way, asked.path), traces)
        if isinstance(way, Outside) and way.is_given_up:
            yield Line(way.root, way.name, "silent", 0, "given_up", [], False)
            return


def _judged(asked: Asked, way: str, answer: Answer, traces: Traces, *, is_kept: bool = False) -> Line:
    """A file kept among the assets is a leak even if it is not answered yet: the next start of a server would."""
    found = traces.found_in(
        text_of(answer.body, answer.content_type),
        answer.content_type,
        path=asked.path,
        number=not asked.is_gone and answer.status != 410,
    )
    is_there = asked.is_gone and 200 <= answer.status < 300
    return Line(
        path=asked.path,
        way=way,
        wanted="gone" if asked.is_gone else "silent",
        status=answer.status,
        fault=answer.fault,
        found=found,
        is_shown=bool(found) or is_there or is_kept,
    )


def _tell(proof: Proof) -> None:
    number = proof.article.number
    if proof.result == ProofResult.SHOWN:
        paths = ", ".join(answer["path"] for answer in proof.shown)
        logger.error("%s was withdrawn and is still shown: %s", number, paths)
    elif proof.result == ProofResult.UNANSWERED:
        paths = ", ".join(answer["path"] for answer in proof.unanswered)
        logger.error("%s was withdrawn, but these could not be asked: %s", number, paths)
    else:
        logger.info("%s: %s of %s addresses", number, proof.result, len(proof.answers))
