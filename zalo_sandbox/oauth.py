"""OAuth of the account: consent, and tokens of which each refresh is good for one use."""

import base64
import hashlib
import secrets
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from .state import Code, IssuedTokens, Sandbox

CODE_LIFE = timedelta(minutes=10)
_NAMES = {
    -14002: "App is not active",
    -14003: "Invalid redirect uri",
    -14004: "Invalid secret key",
    -14014: "Invalid refresh token",
    -14020: "Invalid refresh token",
}


def oauth_router(sandbox: Sandbox) -> APIRouter:
    """The routes, under the host `oauth.zaloapp.com` in real life."""
    router = APIRouter()

    @router.get("/v4/oa/permission")
    async def consent(app_id: str = "", redirect_uri: str = "", code_challenge: str = "", state: str = "") -> Response:
        if app_id != sandbox.config.app_id:
            return _mistake(-14002)
        if redirect_uri != sandbox.config.redirect_uri:
            return _mistake(-14003)
        code = secrets.token_urlsafe(32)
        sandbox.codes[code] = Code(code_challenge, sandbox.now() + CODE_LIFE)
        query = urlencode({"code": code, "oa_id": sandbox.config.oa_id, "state": state})
        return RedirectResponse(f"{redirect_uri}?{query}", status_code=302)

    @router.post("/v4/oa/access_token")
    async def tokens(request: Request) -> JSONResponse:
        if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            sandbox.violated("access_token: the body is not form-encoded")
            return _mistake(-14002)
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        if form.get("app_id") != sandbox.config.app_id:
            sandbox.violated("access_token: unknown app_id")
            return _mistake(-14002)
        if not secrets.compare_digest(
            request.headers.get("secret_key", "").encode(), sandbox.config.app_secret.encode()
        ):
            return _mistake(sandbox.config.wrong_secret_error)
        match form.get("grant_type"):
            case "authorization_code":
                fine = _use_code(sandbox, form.get("code", ""), form.get("code_verifier", ""))
                wrong = sandbox.config.dead_code_error
            case "refresh_token":
                fine = _use_refresh(sandbox, form.get("refresh_token", ""))
                wrong = sandbox.config.dead_refresh_error
            case other:
                sandbox.violated(f"access_token: grant_type {other}")
                fine, wrong = False, -14002
        return JSONResponse(_issue(sandbox)) if fine else _mistake(wrong)

    return router


def _use_code(sandbox: Sandbox, code: str, verifier: str) -> bool:
    """Whether the code is good; it is gone afterwards either way."""
    known = sandbox.codes.pop(code, None)
    if known is None or sandbox.now() >= known.until:
        return False
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return secrets.compare_digest(challenge, known.challenge.rstrip("="))


def _use_refresh(sandbox: Sandbox, token: str) -> bool:
    """Whether the refresh token is good. One that was used already means that two refresh, or that one forgot."""
    if token in sandbox.tokens.used_refresh:
        sandbox.violated("access_token: a refresh token was used twice")
        return False
    return token == sandbox.tokens.refresh and sandbox.now() < sandbox.tokens.refresh_until


def _issue(sandbox: Sandbox) -> dict[str, str]:
    """A new pair; the former access token is dead from here on. `expires_in` is a string of seconds."""
    old, config, now = sandbox.tokens, sandbox.config, sandbox.now()
    sandbox.tokens = IssuedTokens(
        secrets.token_urlsafe(96),
        now + config.access_token_life,
        secrets.token_urlsafe(96),
        now + config.refresh_token_life,
        old.former_access | {old.access},
        old.used_refresh | {old.refresh},
    )
    return {
        "access_token": sandbox.tokens.access,
        "refresh_token": sandbox.tokens.refresh,
        "expires_in": str(int(config.access_token_life.total_seconds())),
    }


def _mistake(code: int) -> JSONResponse:
    name = _NAMES.get(code, "Invalid code")
    return JSONResponse(
        {"error": code, "error_name": name, "error_reason": name, "error_description": name, "ref_doc": ""}
    )
