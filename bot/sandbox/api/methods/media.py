"""Files: photos, documents and their kin, albums, and downloads."""

from __future__ import annotations

from bot.sandbox.api.calls import Call
from bot.sandbox.api.methods.composing import CAPTION, SENDING, caption_fields, post, read_caption
from bot.sandbox.api.methods.registry import implements
from bot.sandbox.errors import ApiError, bad_request, not_implemented
from bot.sandbox.state.files import StoredFile, Upload
from bot.sandbox.state.images import size_of
from bot.sandbox.state.world import World
from bot.sandbox.types import Json

_LARGEST_UPLOAD = 50 * 1024 * 1024
_LARGEST_PHOTO = 10 * 1024 * 1024
_LARGEST_SIDES = 10_000
_LONGEST_TO_SHORTEST = 20
_LARGEST_DOWNLOAD = 20 * 1024 * 1024
_ALBUM_SIZES = range(2, 11)
# Telegram lets photos and videos share an album, the others only meet their own kind.
_ALBUM_KINDS = {"photo": "visual", "video": "visual", "document": "document", "audio": "audio"}
_MEDIA_FIELDS = {"type", "media", "caption", "parse_mode", "caption_entities"}
_SIZED: Json = {"width": 320, "height": 240, "duration": 1}
_ARGUMENTS: dict[str, Json] = {
    "document": {},
    "video": _SIZED,
    "animation": _SIZED,
    "audio": {"duration": 1},
    "voice": {"duration": 1},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
_UNNAMED = {"voice", "sticker"}


@implements("sendPhoto", CAPTION + "photo has_spoiler")
def send_photo(world: World, call: Call) -> Json:
    return _send_file(world, call, "photo")


@implements("sendDocument", CAPTION + "document thumbnail disable_content_type_detection")
def send_document(world: World, call: Call) -> Json:
    return _send_file(world, call, "document")


@implements("sendVideo", CAPTION + "video thumbnail duration width height supports_streaming has_spoiler")
def send_video(world: World, call: Call) -> Json:
    return _send_file(world, call, "video")


@implements("sendAnimation", CAPTION + "animation thumbnail duration width height has_spoiler")
def send_animation(world: World, call: Call) -> Json:
    return _send_file(world, call, "animation")


@implements("sendAudio", CAPTION + "audio thumbnail duration performer title")
def send_audio(world: World, call: Call) -> Json:
    return _send_file(world, call, "audio")


@implements("sendVoice", CAPTION + "voice duration")
def send_voice(world: World, call: Call) -> Json:
    return _send_file(world, call, "voice")


@implements("sendSticker", SENDING + "sticker emoji")
def send_sticker(world: World, call: Call) -> Json:
    return _send_file(world, call, "sticker")


def _send_file(world: World, call: Call, kind: str) -> Json:
    # The chat is looked at first: a file for somebody who blocked the bot is not even kept.
    world.chats.writable(call["chat_id"])
    caption = read_caption(call)
    file = _find(world, call[kind])
    given = {key: call[key] for key in _ARGUMENTS.get(kind, {}) if key in call.values}
    return post(world, call, {**media_content(kind, file, given), **caption})


def _find(world: World, given: Upload | str) -> StoredFile:
    if isinstance(given, Upload):
        if not given.content:
            raise bad_request("file must be non-empty")
        if len(given.content) > _LARGEST_UPLOAD:
            raise ApiError(413, "Request Entity Too Large")
        return world.files.add(given)
    if given.startswith(("http://", "https://")):
        raise not_implemented("files by URL: it never goes out to the network")
    file = world.files.get(given)
    if file is None:
        raise bad_request("wrong remote file identifier specified: Wrong string length")
    return file


def media_content(kind: str, file: StoredFile, arguments: Json) -> Json:
    """The part of a message that carries a file."""
    if kind == "photo":
        return {"photo": _photo_sizes(file)}
    body = {**file_fields(file), **_ARGUMENTS[kind], **arguments}
    if kind not in _UNNAMED:
        body["file_name"] = file.name
    if kind != "sticker":
        body["mime_type"] = "audio/ogg" if kind == "voice" else file.mime_type
    return {kind: body}


def file_fields(file: StoredFile) -> Json:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.content)}


def _photo_sizes(file: StoredFile) -> list[Json]:
    size = size_of(file.content)
    if size is None or 0 in size:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if len(file.content) > _LARGEST_PHOTO:
        raise bad_request("file is too big for a photo")
    if width + height > _LARGEST_SIDES or max(size) > _LONGEST_TO_SHORTEST * min(size):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return [{**file_fields(file), "width": width, "height": height}]


@implements("sendMediaGroup", SENDING + "media")
def send_media_group(world: World, call: Call) -> list[Json]:
    world.chats.writable(call["chat_id"])
    items: list[Json] = call["media"]
    if len(items) not in _ALBUM_SIZES:
        raise bad_request("an album must have 2-10 items")
    if len({_ALBUM_KINDS.get(item["type"], item["type"]) for item in items}) > 1:
        raise bad_request(f"{items[0]['type']} can't be mixed with other media types")
    # Everything is checked before the first message goes out: an album is sent whole or not at all.
    contents = [_album_item(world, call, item) for item in items]
    album = {"media_group_id": f"album-{world.files.count}"}
    return [post(world, call, {**album, **content}) for content in contents]


def _album_item(world: World, call: Call, item: Json) -> Json:
    kind = item["type"]
    unknown = {key for key, value in item.items() if value} - _MEDIA_FIELDS
    if unknown:
        raise not_implemented(f'"{min(unknown)}" of an InputMedia')
    if kind not in _ALBUM_KINDS:
        raise bad_request(f'type "{kind}" can\'t be used in sendMediaGroup')
    content = media_content(kind, _find(world, call.attached(item["media"])), {})
    caption = caption_fields(item.get("caption"), item.get("parse_mode"), item.get("caption_entities") or ())
    return {**content, **caption}


@implements("getFile", "file_id")
def get_file(world: World, call: Call) -> Json:
    file = world.files.get(call["file_id"])
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.content) > _LARGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return {**file_fields(file), "file_path": file.path}
