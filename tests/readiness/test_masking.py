"""The accepted masks."""

import pytest

from bulletins.readiness import masking


@pytest.mark.parametrize(
    ("masked", "expected"),
    [
        (masking.identity("37081119900101123X"), "370811********123X"),
        (masking.identity("370811900101123"), "370811******123"),
        (masking.mobile("13812341234"), "138****1234"),
        (masking.landline("05372345678"), "0537-****678"),
        (masking.landline("01062345678"), "010-*****678"),
        (masking.bank_card("6222021234561234"), "6222********1234"),
        (masking.plate("鲁H12345"), "鲁H·****5"),
        (masking.plate("鲁H1234挂"), "鲁H·****挂"),
        (masking.document("E12345678"), "E******78"),
        (masking.document("12345678"), "******78"),
        (masking.account("wxid_abc"), "wx****"),
        (masking.address("3号楼二单元A501室"), "×号楼×单元×室"),
        (masking.name("张伟"), "张某"),
        (masking.name("欧阳娜娜", surname=2), "欧阳某"),
    ],
)
def test_a_mask_keeps_what_an_office_keeps(masked: str, expected: str) -> None:
    assert masked == expected
