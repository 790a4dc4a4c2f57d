"""`waymark serve` says what is in its way instead of half starting."""

from __future__ import annotations

import socket

import click
import pytest

from webapp.commands.serve import _refuse_a_taken_port
from webapp.foundations.settings import load_settings


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(click.ClickException, match=f"Port {port} of 127.0.0.1 is taken"):
            _refuse_a_taken_port(load_settings(environment="test", port=port))


def test_a_free_port_is_fine() -> None:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    _refuse_a_taken_port(load_settings(environment="test", port=port))
