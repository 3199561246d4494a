"""Ports of this machine, free and taken."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


def closed_port() -> int:
    """A port on which nobody answers."""
    with socket.socket() as briefly:
        briefly.bind(("127.0.0.1", 0))
        port: int = briefly.getsockname()[1]
        return port


@contextmanager
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]
