"""The guard in conftest.py holds."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "::2"])
def test_nothing_but_this_machine_is_reached(host: str) -> None:
    with pytest.raises(AssertionError, match="reached for the network"):
        socket.create_connection((host, 80), timeout=0.01)


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
