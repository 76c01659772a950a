"""What an act tells on the next page comes from us alone, and fits into a cookie."""

from intake.rules.message import Term
from web.office.said import kept_said, read_said, sentence


def test_what_was_kept_is_read_again_in_the_session_that_kept_it() -> None:
    said = [sentence("desk.closed", browser="Chrome · Windows"), Term("desk.nothing")]
    assert list(read_said("mine", kept_said("mine", said))) == said


def test_what_somebody_else_wrote_or_cut_is_not_said() -> None:
    cookie = kept_said("mine", [Term("desk.nothing")])
    for forged in ("", "x", "x.", f"{cookie}x", cookie.replace(".", ".A"), "é.é", cookie[:-3]):
        assert read_said("mine", forged) == ()
    assert read_said("yours", cookie) == ()


def test_more_than_a_cookie_holds_is_left_out_from_the_end() -> None:
    said = [sentence("desk.closed", browser="B" * 1000) for _ in range(5)]
    cookie = kept_said("mine", said)
    assert len(cookie) < 4000
    assert 0 < len(read_said("mine", cookie)) < 5
