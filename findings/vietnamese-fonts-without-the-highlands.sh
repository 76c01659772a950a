#!/usr/bin/env bash
# A font made for Vietnamese need not have the letters of Việt Nam's other languages (fontpkg-be-vietnam-pro 1.2, fontpkg-noto-sans 2.15).
#
# Be Vietnam Pro has every letter of Vietnamese and lacks ĕ ĭ ŏ ŭ ƀ, with which Ê Đê, Gia Rai and Ba Na names are written (hamlets and
# people of the Central Highlands). Drawn with Pillow they become empty boxes and nothing is raised. Noto Sans has them all. A check of "all Vietnamese letters" does not see the difference: check the letters of the names you print.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet fontpkg==0.2.2 fontpkg-be-vietnam-pro==1.2 fontpkg-noto-sans==2.15 fonttools==4.68.0
"$folder/env/bin/python" - <<'PY'
import sysconfig
from itertools import product
from pathlib import Path
from unicodedata import normalize

from fontTools.ttLib import TTFont

TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
vietnamese = {normalize("NFC", vowel + tone) for vowel, tone in product("aăâeêioôơuưy", TONES)} | {"đ"}
highlands = set("ĕĭŏŭƀ")
site = Path(sysconfig.get_paths()["purelib"])


def missing(package: str, letters: set[str]) -> str:
    (font, *_) = sorted(path for path in (site / package).rglob("*.[to]tf") if "Italic" not in path.name)
    known = TTFont(font, lazy=True).getBestCmap()
    return "".join(sorted(letter for letter in letters if ord(letter) not in known))


for package, wanted in (("fontpkg_be_vietnam_pro", "ĕĭŏŭƀ"), ("fontpkg_noto_sans", "")):
    vn, others = missing(package, vietnamese), missing(package, highlands)
    print(f"{package}: of Vietnamese lacks {vn or 'none'}, of the Highlands' languages lacks {others or 'none'}")
    assert vn == "", "changed: letters of Vietnamese are missing"
    assert set(others) == set(wanted), "changed: other letters are missing"
PY
