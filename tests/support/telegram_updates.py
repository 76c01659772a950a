"""Updates as Telegram sends them, in the shapes its documentation shows."""

from typing import Any

PERSON = {"is_bot": False, "first_name": "Mai", "last_name": "Nguyễn", "language_code": "vi"}


def message(update_id: int, address: str, **content: Any) -> dict[str, Any]:
    """A message in a private chat."""
    number = int(address)
    return {
        "update_id": update_id,
        "message": {
            "message_id": 1000 + update_id,
            "from": {"id": number, **PERSON},
            "chat": {"id": number, "first_name": "Mai", "type": "private"},
            "date": 1_709_254_800,
            **content,
        },
    }


def text(update_id: int, address: str, words: str) -> dict[str, Any]:
    entities = {"entities": [{"offset": 0, "length": len(words.split(maxsplit=1)[0]), "type": "bot_command"}]}
    return message(update_id, address, text=words, **(entities if words.startswith("/") else {}))


def edit(update_id: int, address: str, edited: int, words: str) -> dict[str, Any]:
    """A message of an earlier update whose words were changed."""
    changed = message(edited, address, text=words, edit_date=1_709_254_900)["message"]
    return {"update_id": update_id, "edited_message": changed}


def tap(update_id: int, address: str, code: str) -> dict[str, Any]:
    number = int(address)
    shown = message(update_id, address, text="…")["message"]
    shown["from"] = {"id": 4242, "is_bot": True, "first_name": "Đối Thoại", "username": "doithoai_bot"}
    return {
        "update_id": update_id,
        "callback_query": {
            "id": f"tap{update_id}",
            "from": {"id": number, **PERSON},
            "message": shown,
            "chat_instance": "-3141592653589793238",
            "data": code,
        },
    }


def photo(update_id: int, address: str, file_id: str, size: int, caption: str = "") -> dict[str, Any]:
    sizes = [
        {"file_id": f"{file_id}-small", "file_unique_id": "s", "file_size": 900, "width": 90, "height": 67},
        {"file_id": file_id, "file_unique_id": "l", "file_size": size, "width": 1280, "height": 960},
    ]
    return message(update_id, address, photo=sizes, **({"caption": caption} if caption else {}))


def contact(update_id: int, address: str, phone: str, *, owner: str = "") -> dict[str, Any]:
    card: dict[str, Any] = {"phone_number": phone, "first_name": "Mai"}
    if owner != "nobody":
        card["user_id"] = int(owner or address)
    return message(update_id, address, contact=card)


def chat_changed(update_id: int, address: str, old: str, new: str) -> dict[str, Any]:
    number = int(address)
    bot = {"id": 4242, "is_bot": True, "first_name": "Đối Thoại", "username": "doithoai_bot"}

    def member(status: str) -> dict[str, Any]:
        return {"user": bot, "status": status, **({"until_date": 0} if status == "kicked" else {})}

    return {
        "update_id": update_id,
        "my_chat_member": {
            "chat": {"id": number, "first_name": "Mai", "type": "private"},
            "from": {"id": number, **PERSON},
            "date": 1_709_254_800,
            "old_chat_member": member(old),
            "new_chat_member": member(new),
        },
    }
