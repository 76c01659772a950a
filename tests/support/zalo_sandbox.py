"""A sandbox with a clock that stands still, somebody who listens at its webhook, and whoever calls its API."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from zalo_sandbox.app import Running
from zalo_sandbox.config import SandboxConfig
from zalo_sandbox.driver import SandboxDriver, in_process

NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)
"""Twelve o'clock in Vietnam."""


@dataclass
class Listener:
    """The webhook of a product: what it heard, and how it answers. `answers` are used up first, then 200."""

    heard: list[dict[str, Any]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    answers: list[int | Exception] = field(default_factory=list)

    async def __call__(self, _url: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.raw.append(body)
        self.heard.append(json.loads(body))
        self.headers.append(headers)
        answer = self.answers.pop(0) if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return answer

    def names(self) -> list[str]:
        return [one["event_name"] for one in self.heard]


@dataclass
class Rig:
    running: Running
    driver: SandboxDriver
    listener: Listener
    api: httpx.AsyncClient

    async def send(self, key: str, **message: object) -> dict[str, Any]:
        """A consultation message to somebody, as the product sends it; the answer."""
        return await self.call("/v3.0/oa/message/cs", {**await self.to(key), "message": message})

    async def call(self, path: str, body: object, **headers: str) -> dict[str, Any]:
        answer = await self.api.post(path, json=body, headers=headers)
        assert answer.status_code == 200
        return dict(answer.json())

    async def to(self, key: str) -> dict[str, Any]:
        return {"recipient": {"user_id": await self.id(key)}}

    async def id(self, key: str) -> str:
        return str((await self.driver.meets(key))["id"])

    async def upload(self, kind: str, name: str, content: bytes) -> dict[str, Any]:
        answer = await self.api.post(f"/v2.0/oa/upload/{kind}", files={"file": (name, content)})
        assert answer.status_code == 200
        return dict(answer.json())


def rig(**config: Any) -> Rig:
    """A sandbox with these of its settings changed, its webhook set, and an access token that outlives the test."""
    listener = Listener()
    ours = {"webhook_url": "http://product.test/zalo/webhook", "access_token_life": timedelta(days=365)}
    running, driver = in_process(lambda: NOON, listener, SandboxConfig(**{**ours, **config}))
    api = httpx.AsyncClient(
        transport=httpx.ASGITransport(running.app),
        base_url="https://openapi.zalo.me",
        headers={"access_token": running.sandbox.tokens.access},
    )
    return Rig(running, driver, listener, api)
