"""A pretend user of the bot: speaks and clicks by label over the sandbox's HTTP, and looks at the inbox."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

_GLANCE = 0.02
_PATIENCE = 10.0
_REMEMBERED = 5
Json = dict[str, Any]
Buttons = tuple[tuple[tuple[str, str | None], ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """As the person sees it; `buttons` are rows of (label, callback data), `document` is a file name."""

    id: int
    text: str
    html: str
    buttons: Buttons
    reactions: tuple[str, ...]
    document: str | None
    date: datetime
    edited: bool
    reply_to: int | None

    def __str__(self) -> str:
        labels = " | ".join(label for row in self.buttons for label, _ in row)
        text = self.text or self.document or "(no text)"
        return f"#{self.id} {text}" + (f"\n    [{labels}]" if labels else "")


def _message(body: Json) -> Message:
    keyboard = (body.get("reply_markup") or {}).get("inline_keyboard", [])
    return Message(
        id=body["message_id"],
        text=body.get("text") or body.get("caption") or "",
        html=body["html"],
        buttons=tuple(tuple((key["text"], key.get("callback_data")) for key in row) for row in keyboard),
        reactions=tuple(body["reactions"]),
        document=(body.get("document") or {}).get("file_name"),
        date=datetime.fromtimestamp(body["date"], UTC),
        edited="edit_date" in body,
        reply_to=(body.get("reply_to_message") or {}).get("message_id"),
    )


class Person:
    """`url` is the sandbox's, in this process or in another; `id` one of its pretend users."""

    def __init__(self, session: aiohttp.ClientSession, url: str, id: int) -> None:  # noqa: A002 - Telegram's word
        self._session = session
        self._url = f"{url}/people/{id}"
        self.id = id

    async def starts(self, payload: str | None = None) -> list[int]:
        answer = await self._post("start", params={"payload": payload} if payload else None)
        return _ids(answer)

    async def says(self, text: str, reply_to: int | Message | None = None) -> list[int]:
        """The ids of the messages that Telegram makes of the text."""
        body: Json = {"text": text}
        if reply_to is not None:
            body["reply_to"] = _id(reply_to)
        return _ids(await self._post("messages", body))

    async def edits(self, message: int | Message, text: str) -> None:
        await self._post("edit", {"message_id": _id(message), "text": text})

    async def presses(self, label: str, message: int | Message | None = None) -> str | None:
        """Presses the newest button with `label` in its text; the toast that the bot answers with, if any.

        Waits for the button where it is not there yet.
        """
        deadline = time.monotonic() + _PATIENCE
        while True:
            seen = [one for one in await self.inbox() if message is None or one.id == _id(message)]
            for one in reversed(seen):
                for text, data in _matching(one, label):
                    assert data is not None, f"the button {text!r} does not tell the bot that it was pressed"
                    return await self.presses_data(one, data)
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.id} sees no button with {label!r} among:\n{_listed(seen)}")
            await asyncio.sleep(_GLANCE)

    async def presses_data(self, message: int | Message, data: str) -> str | None:
        """As from an old client: the button need not be on the message any more."""
        answer = (await self._post("press", {"message_id": _id(message), "data": data}))["answer"]
        return (answer or {}).get("text") or None

    async def sends(self, kind: str, **arguments: float | str) -> int:
        """A sticker, voice, photo, location, contact, video, audio, dice or poll."""
        return _ids(await self._post("send", {"kind": kind, **arguments}))[0]

    async def uploads(self, name: str, content: bytes, caption: str | None = None) -> int:
        # Names go as they are, as browsers send them, not percent-encoded.
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("file", content, filename=name)
        if caption:
            form.add_field("caption", caption)
        return _ids(await self._post("document", form=form))[0]

    async def shares_location(self, latitude: float, longitude: float) -> int:
        return await self.sends("location", latitude=latitude, longitude=longitude)

    async def blocks(self) -> None:
        await self._post("block")

    async def unblocks(self) -> None:
        await self._post("unblock")

    async def chat(self) -> Json:
        """The whole chat as the page gets it: messages, commands, keyboard."""
        async with self._session.get(f"{self._url}/chat") as response:
            return await _read(response)

    async def inbox(self) -> list[Message]:
        """The bot's messages, oldest first."""
        return [_message(body) for body in (await self.chat())["messages"] if not body["outgoing"]]

    async def own(self) -> list[Message]:
        """The person's own messages, with the bot's reactions to them."""
        return [_message(body) for body in (await self.chat())["messages"] if body["outgoing"]]

    async def last(self) -> Message:
        inbox = await self.inbox()
        assert inbox, f"the bot has not written to {self.id}"
        return inbox[-1]

    async def commands(self) -> list[str]:
        return [command["command"] for command in (await self.chat())["commands"]]

    async def sees(self, text: str, within: float = _PATIENCE, after: int | Message = 0) -> Message:
        """Waits for a message of the bot that contains `text`, the newest one that does; younger than `after`."""
        deadline = time.monotonic() + within
        while True:
            inbox = await self.inbox()
            for message in reversed(inbox):
                if text in message.text and message.id > _id(after):
                    return message
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.id} does not see {text!r} but:\n{_listed(inbox)}")
            await asyncio.sleep(_GLANCE)

    async def quiet(self, seconds: float) -> None:
        """Nothing new comes from the bot for so many real seconds."""
        before = {message.id for message in await self.inbox()}
        await asyncio.sleep(seconds)
        new = [message for message in await self.inbox() if message.id not in before]
        assert not new, f"{self.id} was left no peace:\n{_listed(new)}"

    async def _post(
        self,
        what: str,
        body: Json | None = None,
        *,
        params: Json | None = None,
        form: aiohttp.FormData | None = None,
    ) -> Json:
        async with self._session.post(f"{self._url}/{what}", json=body, data=form, params=params) as response:
            return await _read(response)


async def _read(response: aiohttp.ClientResponse) -> Json:
    answer: Json = await response.json()
    assert response.ok, f"{response.method} {response.url.path}: {answer.get('error')}"
    return answer


def _id(message: int | Message) -> int:
    return message if isinstance(message, int) else message.id


def _ids(answer: Json) -> list[int]:
    ids: list[int] = answer["messages"]
    return ids


def _matching(message: Message, label: str) -> list[tuple[str, str | None]]:
    """The same label first, then those that contain it: «1» must not press «10»."""
    buttons = [button for row in message.buttons for button in row if label in button[0]]
    return sorted(buttons, key=lambda button: button[0] != label)


def _listed(messages: list[Message]) -> str:
    return "\n".join(str(message) for message in messages[-_REMEMBERED:]) or "(nothing)"
