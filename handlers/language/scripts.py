"""Layer 1: the script of the letters names the language, where a script belongs to one language.

Ranges are Unicode blocks, with their combining vowels (Thai, Lao and Khmer write many vowels as marks).
"""

from collections import Counter
from typing import Final

_BLOCKS: Final[tuple[tuple[int, int, str], ...]] = (
    (0x0370, 0x03FF, "el"),
    (0x0400, 0x052F, "cyrillic"),
    (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"),
    (0x0900, 0x097F, "hi"),
    (0x0E00, 0x0E7F, "th"),
    (0x0E80, 0x0EFF, "lo"),
    (0x1000, 0x109F, "my"),
    (0x1100, 0x11FF, "ko"),
    (0x1780, 0x17FF, "km"),
    (0x3041, 0x30FF, "ja"),
    (0x3130, 0x318F, "ko"),
    (0x3400, 0x4DBF, "han"),
    (0x4E00, 0x9FFF, "han"),
    (0xAC00, 0xD7AF, "ko"),
    (0x16B00, 0x16B8F, "hmn"),
    (0x1E100, 0x1E14F, "hmn"),
    (0x20000, 0x323AF, "han"),
)
_FIRST_NON_LATIN: Final = 0x0370
_LATIN_EXTENDED: Final = range(0x1E00, 0x1F00)

# The lists hold the letters of everyday words only: one hit is enough to tell the spellings apart.
_UKRAINIAN_ONLY: Final = frozenset("іїєґ")
_JAPANESE_ONLY: Final = frozenset(
    "駅働込畑峠辻枠匂円気広沢県図団発売読対応価検験桜歩毎仏楽薬黒塩実写営帰変転総続暦歴焼拡収証戻"
)
_TRADITIONAL_ONLY: Final = frozenset(
    "請問這個來時會們國學說話發還沒開關門東車電燈號碼證辦處長點嗎壞錢塊買賣給從對過進遠邊裡裏麼樣體頭見視聽讀寫書報紙網"
    "線鄉鎮縣區員議決務業勞動產權屬農莊園養豬雞魚龍馬鳥謝記錄單場戶無風飛機場樓層樹醫藥應該幫誰為麗興舊歲歡熱總聯繫間後"
)


def detect_by_script(text: str) -> str | None:
    """Return the code of the script most letters of `text` are written in; None where most are Latin or none.

    In: text in composed form. A sign outside Latin weighs two Latin letters, since it carries more of a word
    and the Latin letters beside it are mostly names of programs ("VNeID 앱이 안 열려요").
    """
    found: Counter[str] = Counter()
    latin = 0
    for sign in text:
        code = ord(sign)
        if code < _FIRST_NON_LATIN or code in _LATIN_EXTENDED:
            latin += sign.isalpha()
        elif name := _script_of(code):
            found[name] += 1
    if not found or 2 * found.total() < latin:
        return None
    return _language_of(found, text)


def _script_of(code: int) -> str | None:
    for first, last, name in _BLOCKS:
        if first <= code <= last:
            return name
    return None


def _language_of(found: Counter[str], text: str) -> str:
    """Resolve the scripts that several languages share: Han (Chinese, Japanese) and Cyrillic."""
    if found["han"] and found["ja"]:
        found["ja"] += found.pop("han")
    name = found.most_common(1)[0][0]
    letters = frozenset(text.lower())
    if name == "cyrillic":
        return "uk" if letters & _UKRAINIAN_ONLY else "ru"
    if name == "han":
        if letters & _JAPANESE_ONLY:
            return "ja"
        return "zh-tw" if letters & _TRADITIONAL_ONLY else "zh-cn"
    return name
