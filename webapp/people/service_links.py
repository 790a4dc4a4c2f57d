"""What other rooms add to a service's settings: a row with a link to a page of their own."""

from __future__ import annotations

from typing import Any

service_links: list[tuple[Any, str]] = []  # (lazily translated title, endpoint), for who leads the service


def add_to_service_settings(title: Any, endpoint: str) -> None:
    """Show a row with this title on the service's settings; once, however often the application is built."""
    if all(known != endpoint for _, known in service_links):
        service_links.append((title, endpoint))
