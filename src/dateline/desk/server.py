"""Serving the desk on a port of this machine."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import uvicorn

from dateline.dataset import Dataset
from dateline.desk.app import make_app
from dateline.errors import InputError

# Ports tried after the one that was asked for; then the system picks any free one.
_PORTS_TRIED = 20
_LAST_PORT = 65535


def serve(
    path: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    on_ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve the desk of a dataset until interrupted. Takes the next free port where this one is taken.

    ``on_ready`` is told the address as soon as it answers.

    Raises:
        DatasetError: no dataset there.
        InputError: nothing can listen at this host or port.
    """
    app = make_app(Dataset.open(path))
    with listen(host, port) as listener:
        on_ready(address_of(listener))
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at the host, on the port or the next free one.

    Raises:
        InputError: nothing can listen there.
    """
    for candidate in [*range(port, min(port + _PORTS_TRIED, _LAST_PORT) + 1), 0]:
        try:
            return _bound(host, candidate)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise InputError(f"cannot listen at {host}, port {candidate} ({error.strerror or error})") from error
    raise InputError(f"no free port at {host}; name another host")


def address_of(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _bound(host: str, port: int) -> socket.socket:
    family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
        0
    ]
    listener = socket.socket(family, kind, proto)
    try:
        # A port that was just given up is free again; on Windows the option would share one that is taken.
        if hasattr(socket, "AF_UNIX"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener
