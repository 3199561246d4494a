"""Files that the bot or a person has sent; the oldest are forgotten."""

from __future__ import annotations

import mimetypes
from collections import OrderedDict
from dataclasses import dataclass

_MOST_FILES = 2_000
_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a call, before it has an id."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    content: bytes

    @property
    def unique_id(self) -> str:
        return f"U{self.id}"

    @property
    def path(self) -> str:
        return f"files/{self.id}/{self.name}"

    @property
    def mime_type(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"


class Files:
    def __init__(self) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._bytes = 0
        self.count = 0

    def add(self, upload: Upload) -> StoredFile:
        self.count += 1
        name = upload.name.replace("/", "_").replace("\\", "_") or "file"
        file = StoredFile(f"SANDBOX{self.count:08d}", name, upload.content)
        self._files[file.id] = file
        self._bytes += len(file.content)
        while len(self._files) > _MOST_FILES or self._bytes > _MOST_BYTES:
            self._bytes -= len(self._files.popitem(last=False)[1].content)
        return file

    def get(self, file_id: str) -> StoredFile | None:
        return self._files.get(file_id)
