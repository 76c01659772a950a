"""The words of offices that several readers look for, folded unless said otherwise, ready for patterns."""

import re


def one_of(*words: str) -> str:
    """A piece of a pattern that stands for any of the words."""
    return f"(?:{'|'.join(words)})"


def loose(*pieces: str) -> "re.Pattern[str]":
    """A pattern for folded text, put together from pieces; its blanks stand for any white space, line ends as well.

    A blank with "?" behind it may be missing.
    """
    optional = "".join(pieces).replace(" ?", r"\s*")
    return re.compile(re.sub(r"(?<![\[\\]) (?!\])", r"\\s+", optional), re.MULTILINE)


CAPITALS = "AĂÂBCDĐEÊFGHIJKLMNOÔƠPQRSTUƯVWXYZÀÁẢÃẠẰẮẲẴẶẦẤẨẪẬÈÉẺẼẸỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌỒỐỔỖỘỜỚỞỠỢÙÚỦŨỤỪỨỬỮỰỲÝỶỸỴ"
"""In the tables of Unicode capitals and small letters with marks stand in turns, so a range of them holds both."""

HAMLETS = (
    "thon",
    "tdp",
    "to dan pho",
    "khu pho",
    "khu dan cu",
    "khu vuc",
    "ap",
    "ban",
    "buon",
    "xom",
    "khom",
    "lang",
    "tieu khu",
    "khoi",
)
COMMUNES = ("xa", "phuong", "thi tran", "dac khu")
HIGHER_UNITS = ("huyen", "quan", "thi xa", "thanh pho", "tinh")
GROUPS = (
    "chi bo", "to chuc chinh tri", "to chuc", "doan the", "don vi", "hoi", "chi hoi", "chi doan", "hop tac xa",
    "doanh nghiep", "co quan", "truong", "ho", "to", "cuoc", "buoi", "dot", "cum", "diem cau",
)  # fmt: skip
SEATED = (
    "dai bieu", "nguoi", "dong chi", "d/c", "dai dien", "ho", "cong dan", "thanh vien", "hoi vien", "doan vien",
    "cu tri", "dan", "can bo", "thanh nien", "phu nu", "nong dan", "cuu chien binh", "cong nhan",
)  # fmt: skip
HEADS_OF_DUTIES = "to chuc thuc hien|phan cong|trach nhiem (?:thuc hien|cua)"
"""What the section is called that says who does what."""
PARTY_COMMITTEES = ("dang uy", "huyen uy", "quan uy", "thi uy", "thanh uy", "tinh uy")
ADDRESSES = (
    "Văn phòng", "Ủy ban", "Uỷ ban", "UBND", "UBMTTQ", "MTTQ", "Đảng ủy", "Đảng uỷ", "Ban ", "Thường trực",
    "[Tt]rưởng ", "[Bb]ộ phận", "Trung tâm", "Mặt trận", "[Cc]ơ quan", "Tổ ", "[Nn]hà văn hóa", "Công an",
    "Phòng", "Hội ", "Đoàn", "Bí thư", "[Cc]hi bộ", "địa chỉ", "số điện thoại", "email",
)  # fmt: skip
"""Where things are sent, as they are written."""
SUPERIORS = (
    "Thường trực", "Ban Thường vụ", "BTV", "Đảng ủy", "Đảng uỷ", "Huyện ủy", "Thành ủy", "Tỉnh ủy", "UBND",
    "Ủy ban", "Uỷ ban", "Bí thư", "Chủ tịch", "HĐND", "Ban ", "đồng chí", "UBMTTQ", "MTTQ", "Văn phòng",
)  # fmt: skip
"""Who is reported to, as they are written."""
BODIES = (
    "Ủy ban", "Uỷ ban", "UBND", "UBMTTQ", "MTTQ", "Mặt trận", "Văn phòng", "Ban", "Phòng", "Trung tâm",
    "Công an", "BCH", "Thường trực", "Đảng ủy", "Đảng uỷ", "Cơ quan", "Bộ phận", "Trạm", "Đài", "Hội", "Đoàn",
    "Công chức", "Cán bộ", "Chi bộ", "Trưởng", "Các", "Khối", "Kiểm tra", "Đội", "Tổ",
)  # fmt: skip
"""How the names of bodies with duties begin, as they are written."""
SLIPS = (
    ("bảm đảm", "bảo đảm"),
    ("Hội đồng nhân,", "Hội đồng nhân dân,"),
    ("nỗi cộm", "nổi cộm"),
    ("chia sẽ", "chia sẻ"),
)
"""Slips of the pen that papers have, each with what is meant."""
