"""Unit codes by GA 380-2002: what is one, and what somebody meant who typed it otherwise."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from units.admin import normal_code
from units.models import PROVINCES, validate_unit_code

DIGITS = "0123456789"
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FULL_WIDTH = str.maketrans(DIGITS + CAPITALS, "".join(chr(ord(c) + 0xFEE0) for c in DIGITS + CAPITALS))
codes = st.builds(
    lambda province, division, unit: province + division + unit,
    st.sampled_from(sorted(PROVINCES)),
    st.text(DIGITS, min_size=4, max_size=4),
    st.text(DIGITS + CAPITALS, min_size=6, max_size=6),
)


def is_code(text: str) -> bool:
    try:
        validate_unit_code(text)
    except ValidationError:
        return False
    return True


@given(codes)
def test_a_province_a_division_and_six_more_are_a_code(code: str) -> None:
    assert is_code(code)


@given(st.text(max_size=20))
def test_anything_else_is_none(text: str) -> None:
    fits = (
        len(text) == 12
        and text[:2] in PROVINCES
        and set(text[:6]) <= set(DIGITS)
        and set(text[6:]) <= set(DIGITS + CAPITALS)
    )
    assert is_code(text) == fits


@given(codes, st.integers(0, 11))
def test_a_code_that_lost_a_character_is_none(code: str, at: int) -> None:
    assert not is_code(code[:at] + code[at + 1 :])


@pytest.mark.parametrize("code", ["00" + "0800" + "000000", "99" + "0811" + "00000A"])
def test_a_province_that_does_not_exist_is_refused(code: str) -> None:
    with pytest.raises(ValidationError, match=r"行政区划|province"):
        validate_unit_code(code)


@pytest.mark.parametrize(
    "code", ["37081100000a", "３７０８１１００００００", "37081100000①", "370811000000\n"]
)
def test_small_letters_and_full_width_are_not_stored(code: str) -> None:
    assert not is_code(code)


@given(codes, st.sampled_from(["", " ", "\u3000", "\t"]))
def test_a_code_typed_small_full_width_or_with_blanks_is_understood(code: str, blank: str) -> None:
    typed = blank + code[:6].translate(FULL_WIDTH) + blank + code[6:].lower()
    assert normal_code(typed) == code


@given(st.text(max_size=20))
def test_understanding_a_code_twice_changes_nothing_more(text: str) -> None:
    once = normal_code(text)
    assert normal_code(once) == once or not is_code(once)
