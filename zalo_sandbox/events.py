"""The body of each event, in the documented envelope: ids and timestamps are strings, always."""

import hashlib
from typing import Any

from .state import Asset, Phone, Sandbox

Body = dict[str, Any]


def from_person(sandbox: Sandbox, phone: Phone, name: str, message: Body) -> Body:
    """Something a person sent: the envelope of every `user_send_…`."""
    return {
        "app_id": sandbox.config.app_id,
        "sender": {"id": phone.id},
        "recipient": {"id": sandbox.config.oa_id},
        "user_id_by_app": phone.by_app,
        "event_name": name,
        "message": message,
        "timestamp": sandbox.event_stamp(),
    }


def with_attachment(msg_id: str, kind: str, payload: Body, text: str = "") -> Body:
    """A `message` with one attachment and perhaps a caption."""
    message: Body = {"msg_id": msg_id, "attachments": [{"type": kind, "payload": payload}]}
    return {"text": text, **message} if text else message


def file_payload(asset: Asset, url: str) -> Body:
    """The payload of a document: everything a string, the checksum is MD5 as the platform has it."""
    return {
        "size": str(len(asset.content)),
        "name": asset.name,
        "checksum": hashlib.md5(asset.content, usedforsecurity=False).hexdigest(),
        "type": asset.name.rpartition(".")[2].lower(),
        "url": url,
    }


def location_payload(latitude: float, longitude: float) -> Body:
    """The payload of a place."""
    return {"coordinates": {"latitude": str(latitude), "longitude": str(longitude)}}


def submitted(sandbox: Sandbox, phone: Phone, info: Body) -> Body:
    """A person sent their contact data; `info` stands beside the message, not in it."""
    body = from_person(sandbox, phone, "user_submit_info", {})
    del body["message"]
    return {**body, "info": info}


def newer_info(name: str, number: str, ward: str) -> Body:
    """Contact data as they come today."""
    return {
        "name": name,
        "phone": number,
        "user_dob": "",
        "gender": "",
        "full_address": {"user_city": "", "user_ward": ward, "user_address": ""},
    }


def older_info(name: str, number: str, ward: str) -> Body:
    """Contact data as they came before."""
    return {"address": "", "phone": number, "city": "", "district": "", "name": name, "ward": ward}


def following(sandbox: Sandbox, phone: Phone, name: str) -> Body:
    """`follow` and `unfollow`: no sender."""
    return {
        "oa_id": sandbox.config.oa_id,
        "follower": {"id": phone.id},
        "user_id_by_app": phone.by_app,
        "event_name": name,
        "source": "testing_link",
        "app_id": sandbox.config.app_id,
        "timestamp": sandbox.event_stamp(),
    }


def receipt(sandbox: Sandbox, phone: Phone, name: str, message: Body) -> Body:
    """`user_received_message` and `user_seen_message`; who is their sender is a switch."""
    body = from_person(sandbox, phone, name, message)
    if sandbox.config.receipts_from == "oa":
        body["sender"], body["recipient"] = body["recipient"], body["sender"]
    return body


def from_account(sandbox: Sandbox, phone: Phone, name: str, message: Body, admin_id: str = "") -> Body:
    """An echo of what the account sent; `admin_id` only where a human wrote it."""
    sender = {"id": sandbox.config.oa_id}
    if admin_id:
        sender["admin_id"] = admin_id
    return {
        "app_id": sandbox.config.app_id,
        "sender": sender,
        "recipient": {"id": phone.id},
        "user_id_by_app": phone.by_app,
        "event_name": name,
        "message": message,
        "timestamp": sandbox.event_stamp(),
    }
