import pytest

from accounts import crypto


def test_what_is_sealed_opens_again():
    sealed = crypto.encrypt("FR76 3000 1007")

    assert "3000" not in sealed
    assert crypto.decrypt(sealed) == "FR76 3000 1007"


def test_an_old_key_still_opens(settings):
    sealed = crypto.encrypt("code")

    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key"

    assert crypto.decrypt(sealed) == "code"


def test_another_key_opens_nothing(settings):
    sealed = crypto.encrypt("code")

    settings.SECRET_KEY = "a-new-key"

    with pytest.raises(crypto.Unreadable):
        crypto.decrypt(sealed)
