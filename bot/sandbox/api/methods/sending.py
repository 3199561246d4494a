"""Texts, places, contacts, dice and polls."""

from __future__ import annotations

from bot.sandbox.api.calls import Call
from bot.sandbox.api.methods.composing import SENDING, post, read_text
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.errors import bad_request
from bot.sandbox.state.world import World
from bot.sandbox.text.entities import formatted
from bot.sandbox.text.utf16 import units
from bot.sandbox.types import Json

_POLL_OPTIONS = range(1, 13)
_LONGEST_QUESTION = 300
_LONGEST_OPTION = 100
_NORTHERNMOST = 90
_EASTERNMOST = 180
_ACTIONS = frozenset({
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
})  # fmt: skip


@implements("sendMessage", SENDING + "text parse_mode entities link_preview_options disable_web_page_preview")
def send_message(world: World, call: Call) -> Json:
    return post(world, call, read_text(call))


@implements("sendLocation", SENDING + "latitude longitude horizontal_accuracy")
def send_location(world: World, call: Call) -> Json:
    return post(world, call, {"location": _place(call)})


@implements("sendVenue", SENDING + "latitude longitude title address")
def send_venue(world: World, call: Call) -> Json:
    place = _place(call)
    venue = {"location": place, "title": call["title"], "address": call["address"]}
    return post(world, call, {"location": place, "venue": venue})


def _place(call: Call) -> Json:
    latitude, longitude = call["latitude"], call["longitude"]
    if abs(latitude) > _NORTHERNMOST or abs(longitude) > _EASTERNMOST:
        raise bad_request("wrong location specified")
    accuracy = call.get("horizontal_accuracy")
    place: Json = {"latitude": latitude, "longitude": longitude}
    return {**place, "horizontal_accuracy": accuracy} if accuracy is not None else place


@implements("sendContact", SENDING + "phone_number first_name last_name vcard")
def send_contact(world: World, call: Call) -> Json:
    fields = ("phone_number", "first_name", "last_name", "vcard")
    return post(world, call, {"contact": {key: call[key] for key in fields if call.get(key)}})


@implements("sendDice", SENDING + "emoji")
def send_dice(world: World, call: Call) -> Json:
    # Always the same value: a sandbox without luck can be tested.
    return post(world, call, {"dice": {"emoji": call.get("emoji", "🎲"), "value": 4}})


@implements("sendPoll", SENDING + "question options is_anonymous type allows_multiple_answers correct_option_ids")
def send_poll(world: World, call: Call) -> Json:
    question = formatted(call["question"], None).text
    options = [formatted(_option_text(option), None).text for option in call["options"]]
    if not 1 <= units(question) <= _LONGEST_QUESTION:
        raise bad_request("poll question must be non-empty and at most 300 characters long")
    if len(options) not in _POLL_OPTIONS:
        raise bad_request("poll must have at least 1 and at most 12 options")
    if not all(1 <= units(option) <= _LONGEST_OPTION for option in options):
        raise bad_request("poll options must be non-empty and at most 100 characters long")
    return post(world, call, {"poll": _poll(call, question, options)})


def _option_text(option: Json | str) -> str:
    text: str = option if isinstance(option, str) else option["text"]
    return text


def _poll(call: Call, question: str, options: list[str]) -> Json:
    numbered = enumerate(options)
    return {
        "id": f"poll-{call['chat_id']}-{question[:16]}",
        "question": question,
        "options": [{"persistent_id": str(n), "text": text, "voter_count": 0} for n, text in numbered],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": call.get("is_anonymous", True),
        "type": call.get("type", "regular"),
        "allows_multiple_answers": call.get("allows_multiple_answers", False),
        "allows_revoting": True,
        "members_only": False,
    }


@implements("sendChatAction", "chat_id action")
def send_chat_action(world: World, call: Call) -> bool:
    world.chats.writable(call["chat_id"])
    if call["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True
