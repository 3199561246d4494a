"""The Bot API's refusals, worded as Telegram words them."""

from __future__ import annotations


class ApiError(Exception):
    """A call is refused: HTTP status `code`, `description` for people, `retry_after` in seconds with 429."""

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


class ConnectionDroppedError(Exception):
    """The connection is to be broken without an answer."""


def bad_request(reason: str) -> ApiError:
    return ApiError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    return ApiError(403, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    return ApiError(409, f"Conflict: {reason}")


def not_implemented(what: str) -> ApiError:
    """For what Telegram offers and the sandbox does not: never answered with a made-up success."""
    return ApiError(501, f"Not Implemented: the sandbox does not know {what}")


def too_many_requests(retry_after: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", retry_after)
