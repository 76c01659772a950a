"""Reading what people type the way they mean it: without case, diacritics, signs or emoji."""

import re
import unicodedata

_NO_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """`"  Đăng ký! "` → `"dang ky"`. Text without any letter or digit folds to the empty string."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", plain).strip()
