"""A SOCKS5 proxy without passwords, as people use one to reach Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from ipaddress import IPv4Address

_NO_PASSWORD = b"\x05\x00"
_CONNECTED = b"\x05\x00\x00\x01" + bytes(6)
_CONNECT_TO_IPV4 = b"\x05\x01\x00\x01"


class SocksProxy:
    """Has its port from the beginning, and refuses connections while it is stopped."""

    def __init__(self, port: int) -> None:
        self.url = f"socks5://127.0.0.1:{port}"
        self.connections = 0
        self._port = port
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._serving: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port)

    async def stop(self) -> None:
        """Breaks what is connected, too."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for line in list(self._lines):
            line.close()
        await asyncio.gather(*self._serving, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        try:
            await self._connect(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            writer.close()
        finally:
            self._serving.discard(task)

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly((await reader.readexactly(2))[1])
        writer.write(_NO_PASSWORD)
        assert await reader.readexactly(4) == _CONNECT_TO_IPV4
        host, port = IPv4Address(await reader.readexactly(4)), int.from_bytes(await reader.readexactly(2))
        far_reader, far_writer = await asyncio.open_connection(str(host), port)
        self.connections += 1
        both = {writer, far_writer}
        self._lines |= both
        writer.write(_CONNECTED)
        await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
        self._lines -= both


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while piece := await reader.read(65536):
            writer.write(piece)
    writer.close()


@asynccontextmanager
async def socks_proxy(port: int) -> AsyncIterator[SocksProxy]:
    """A proxy that is not started yet."""
    proxy = SocksProxy(port)
    try:
        yield proxy
    finally:
        await proxy.stop()
