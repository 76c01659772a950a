"""How the OpenAPI answers: always HTTP 200, the outcome in `error`."""

from typing import Any

from fastapi.responses import JSONResponse

SENTENCES = {
    -32: "API rate limit exceeded",
    -100: "Attachment is invalid or expired",
    -200: "Send message failed",
    -201: "Params is invalid",
    -204: "Official Account is disable",
    -205: "Official Account is not existed",
    -209: "App is inactive",
    -210: "Params exceed the limit",
    -211: "Out of quota",
    -213: "User has not followed OA",
    -216: "Access token is invalid",
    -217: "User has blocked invitations of OA",
    -218: "Out of quota receive",
    -220: "Access token has expired or been removed",
    -221: "OA has not been verified",
    -224: "OA has to upgrade its package",
    -227: "User is banned or has been inactive for more than 45 days",
    -230: "User has not interacted with the OA in the past 7 days",
    -231: "User has not interacted with the OA",
    -232: "The interaction has expired",
    -233: "Message type is not supported",
    -234: "This message cannot be sent at night",
    -240: "MessageV2 API has been shut down, please switch to MessageV3",
    -244: "User has restricted this type of message",
    -248: "Policy of the platform was violated",
    -249: "Template has no UID channel",
    -320: "The app has no ZBS account",
    -321: "The ZBS account has run out of money",
    -108: "Phone number is invalid",
    -115: "Out of balance",
    -118: "Zalo account does not exist",
    -124: "Access token is invalid",
    -131: "Template has not been approved",
    -133: "This message cannot be sent at night",
    -139: "User has refused this type of message",
    -144: "Out of the daily quota",
    -1121: "A parameter of the template is missing",
    -1122: "A parameter of the template is invalid",
}

OUR_FAULT = frozenset({-201, -210, -233, -240, -242, -1121, -1122, -108})
"""What a caller that knows the rules never gets."""


class Refused(Exception):
    """A call the platform refuses. `bug` marks what only a defect of the caller explains."""

    def __init__(self, code: int, why: str = "", *, bug: bool | None = None) -> None:
        super().__init__(f"{code} {why}")
        self.code = code
        self.why = why
        self.bug = code in OUR_FAULT if bug is None else bug


def answered(data: Any = None) -> JSONResponse:
    """A success."""
    return JSONResponse({"data": {} if data is None else data, "error": 0, "message": "Success"})


def refused(code: int, why: str = "") -> JSONResponse:
    """A refusal; HTTP 200 like everything else."""
    sentence = SENTENCES.get(code, "Unknown error")
    return JSONResponse({"error": code, "message": f"{sentence}: {why}" if why else sentence})
