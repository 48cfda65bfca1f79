"""The accepted masks: what may stand in a published text instead of a number or a name."""

from __future__ import annotations

import re

_STARS = "*"


def _middle(letters: str, head: int, tail: int) -> str:
    return letters[:head] + _STARS * (len(letters) - head - tail) + letters[len(letters) - tail :]


def identity(letters: str) -> str:
    """370811********123X: the place of birth and the end stay, the day of birth goes."""
    return _middle(letters, 6, 4 if len(letters) == 18 else 3)


def mobile(digits: str) -> str:
    """138****1234."""
    return _middle(digits, 3, 4)


def landline(digits: str) -> str:
    """0537-****678."""
    area = 3 if re.match(r"010|02", digits) else 4
    return f"{digits[:area]}-{_STARS * (len(digits) - area - 3)}{digits[-3:]}"


def bank_card(digits: str) -> str:
    """6222********1234."""
    return _middle(digits, 4, 4)


def plate(letters: str) -> str:
    """鲁H·****5; a last 警, 学 or 挂 stays, since it says what vehicle it is."""
    return f"{letters[:2]}·{_STARS * (len(letters) - 3)}{letters[-1]}"


def document(letters: str) -> str:
    """E******78."""
    head = 1 if letters[0].isalpha() else 0
    return _middle(letters, head, 2)


def account(letters: str) -> str:
    """ab****: an account is searched for by its whole name."""
    return letters[:2] + _STARS * 4


def address(place: str) -> str:
    """×号楼×单元×室."""
    return re.sub(r"[A-Za-z0-9一二三四五六七八九十百零〇甲乙丙丁]+", "×", place)


def name(full: str, *, surname: int = 1) -> str:
    """张某, 欧阳某."""
    return full[:surname] + "某"
