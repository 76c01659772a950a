"""Phone numbers sealed at rest, codes nobody can guess."""

import pytest

from bot.vault import KeyVault

PHONE = "+84912345678"


def test_what_was_sealed_is_opened_and_never_looks_the_same_twice():
    vault = KeyVault("the key in use")
    first, second = vault.seal(PHONE), vault.seal(PHONE)

    assert first != second
    assert PHONE not in first
    assert vault.open(first) == vault.open(second) == PHONE


def test_a_new_key_opens_what_the_old_one_sealed_and_seals_with_itself():
    old, rotated, new = KeyVault("old key"), KeyVault("new key", "old key"), KeyVault("new key")

    assert rotated.open(old.seal(PHONE)) == PHONE
    assert new.open(rotated.seal(PHONE)) == PHONE


@pytest.mark.parametrize(
    "sealed",
    ["", "nonsense", KeyVault("another key").seal(PHONE), KeyVault("k").seal(PHONE)[:-4]],
    ids=["nothing", "nonsense", "another key", "cut off"],
)
def test_what_no_key_of_ours_fits_is_refused(sealed):
    with pytest.raises(ValueError, match="a key we do not have"):
        KeyVault("the key in use").open(sealed)


def test_equal_phones_are_found_by_their_index_and_only_with_the_key():
    vault = KeyVault("the key in use")

    assert vault.index(PHONE) == vault.index(PHONE)
    assert vault.index(PHONE) != vault.index("+84912345679")
    assert vault.index(PHONE) != KeyVault("another key").index(PHONE)
    assert len(vault.index(PHONE)) == 64


def test_the_digest_of_a_code_is_not_the_index_of_the_same_letters():
    vault = KeyVault("the key in use")

    assert vault.digest("ABCDEFGHJK") != vault.index("ABCDEFGHJK")
    assert vault.digest("ABCDEFGHJK") == vault.digest("ABCDEFGHJK")
    assert vault.digest("ABCDEFGHJK") != KeyVault("another key").digest("ABCDEFGHJK")


def test_codes_have_ten_signs_that_nobody_mistakes_and_never_come_twice():
    codes = {KeyVault("k").new_code() for _ in range(500)}

    assert len(codes) == 500
    assert {len(code) for code in codes} == {10}
    used = set("".join(codes))
    assert used.isdisjoint("0O1IL")
    assert len(used) == 31, "every sign of the alphabet is drawn"
    assert all(code == code.upper() and code.isascii() for code in codes)


def test_a_vault_needs_a_key():
    with pytest.raises(ValueError, match="needs a key"):
        KeyVault()
