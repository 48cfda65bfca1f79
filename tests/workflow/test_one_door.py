"""Stages change, and history is written, in `bulletins/workflow` and nowhere else: read from the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# What only the workflow sets. (`stage_since` and the rest go with the stage.)
OWN = {"stage", "stage_since", "cycle", "round", "revision_number", "public_until", "withdrawn_at"}
HISTORY = {"Transition", "Review", "Release", "Revision", "Proposal", "NotedFinding", "Override"}
WRITING = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "save"}


def sources() -> Iterator[Path]:
    for app in ("config", "units", "accounts", "bulletins"):
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts and "workflow" not in path.parts:
                yield path.relative_to(ROOT)


def other_doors(tree: ast.AST) -> list[str]:
    """What in this source sets a field of the workflow or writes a row of history."""
    found = []
    for node in ast.walk(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, ast.Assign | ast.AugAssign):
            found += [ast.unparse(t) for t in targets if isinstance(t, ast.Attribute) and t.attr in OWN]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = ast.unparse(node.func)
            if node.func.attr == "update" and OWN & {str(keyword.arg) for keyword in node.keywords}:
                found.append(called)
            if node.func.attr in WRITING and called.partition(".objects.")[0] in HISTORY:
                found.append(called)
            if called == "Revision.freeze":
                found.append(called)
    return found


# The one place besides: a revision counts itself, and `Revision.freeze` is only called by the workflow.
KNOWN = {"bulletins/models/revision.py": ["article.revision_number"]}


@pytest.mark.parametrize("path", list(sources()), ids=str)
def test_nothing_but_the_workflow_moves_an_article(path: Path) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert other_doors(tree) == KNOWN.get(path.as_posix(), [])


@pytest.mark.parametrize(
    "source",
    [
        "article.stage = 'approved'",
        "article.round += 1",
        "Article.objects.filter(pk=1).update(stage='approved')",
        "Release.objects.create(article=article)",
        "Revision.freeze(article, by=user, at=now)",
    ],
)
def test_another_door_would_be_found(source: str) -> None:
    assert other_doors(ast.parse(source))
