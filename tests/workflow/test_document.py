from bulletins.management.commands.workflow_table import DOCUMENT, document
from bulletins.workflow import TRANSITIONS, VERBS


def test_the_document_says_what_the_table_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "Run: python manage.py workflow_table"


def test_the_document_has_a_line_for_every_row_and_names_every_verb() -> None:
    lines = [line for line in document().splitlines() if line.startswith("| `")]
    assert len(lines) == len(TRANSITIONS)
    assert all(any(f"`{verb}`" in line for line in lines) for verb in VERBS)


def test_everybody_who_may_is_named_in_words() -> None:
    assert all(row.who.__doc__ for row in TRANSITIONS)
