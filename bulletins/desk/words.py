"""Words of the editor in the language of its user; the script gets them from the page."""

from __future__ import annotations

from django.utils.translation import gettext as _


def editor_words() -> dict[str, str]:
    """English words of the editor's scripts, with what the user reads for them."""
    return {
        "Text formatting": _("Text formatting"),
        "Section heading": _("Section heading"),
        "Smaller heading": _("Smaller heading"),
        "Bold": _("Bold"),
        "Emphasis": _("Emphasis"),
        "List": _("List"),
        "Numbered list": _("Numbered list"),
        "Quotation": _("Quotation"),
        "Link": _("Link"),
        "Remove link": _("Remove link"),
        "Table": _("Table"),
        "Add a row": _("Add a row"),
        "Add a column": _("Add a column"),
        "Delete the row": _("Delete the row"),
        "Delete the column": _("Delete the column"),
        "Delete the table": _("Delete the table"),
        "Undo": _("Undo"),
        "Redo": _("Redo"),
        "Address": _("Address"),
        "Insert": _("Insert"),
        "Cancel": _("Cancel"),
        "Write or paste the text here": _("Write or paste the text here"),
        "Pictures do not come along with a paste. Add them below under photos.": _(
            "Pictures do not come along with a paste. Add them below under photos."
        ),
        "characters": _("characters"),
        "Put into the text": _("Put into the text"),
        "Remove": _("Remove"),
        "Uploading…": _("Uploading…"),
        "The upload failed. Check the connection and choose the picture again.": _(
            "The upload failed. Check the connection and choose the picture again."
        ),
        "You are signed out. Press “save”: what you typed is kept, and you can sign in.": _(
            "You are signed out. Press “save”: what you typed is kept, and you can sign in."
        ),
        "in the list of correspondents": _("in the list of correspondents"),
        "Not saved yet": _("Not saved yet"),
        "Saving…": _("Saving…"),
        "kept on this computer": _("kept on this computer"),
        "Not saved yet, and this browser keeps no copy": _("Not saved yet, and this browser keeps no copy"),
        "what you typed was not saved": _("what you typed was not saved"),
        "The article was saved since; both are put together.": _(
            "The article was saved since; both are put together."
        ),
        "Restore": _("Restore"),
        "Discard": _("Discard"),
        "No network. What you typed is kept here; it is tried again by itself.": _(
            "No network. What you typed is kept here; it is tried again by itself."
        ),
    }
