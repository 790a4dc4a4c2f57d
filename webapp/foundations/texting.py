"""Texts by GOV.UK Notify, with its own client. Off until a key is set.

Notify does not refuse a second text with the same reference. So before a second try we ask it by reference whether
the first one was taken: an answer that did not reach us is not a second text on somebody's phone.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .carriers import CannotCarry, Refused

if TYPE_CHECKING:
    from notifications_python_client.errors import HTTPError
    from notifications_python_client.notifications import NotificationsAPIClient

NOTIFY = "https://api.notifications.service.gov.uk"
WAITS_SECONDS = 20
PLACEHOLDER = "text"
"""The template at Notify holds this one placeholder and nothing else: ``((text))``."""
FAILED_FOR_GOOD = frozenset({"permanent-failure"})
NOT_TAKEN = frozenset({"technical-failure", "temporary-failure", "validation-failed"})
"""Statuses of a text. Source: GOV.UK Notify's documentation of its API, "Text message status descriptions"."""


class ByNotify:
    """A carrier of texts with this key and template."""

    def __init__(self, key: str, template: str, *, url: str = NOTIFY, waits_s: int = WAITS_SECONDS) -> None:
        self._key, self._template, self._url, self._waits_s = key, template, url, waits_s
        # Its warnings quote Notify's answer, which may quote the number.
        logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)

    def __call__(self, number: str, words: str, *, reference: str, tried_before: bool) -> None:
        """Hand the text over, unless an earlier try of it was taken.

        Raises:
            Refused: the number is none, or does not exist.
            CannotCarry: no connection, a key or template that is refused, or too many texts for now.
            ConnectionError: anything else; it may have been taken.
        """
        with self._client() as client:
            if tried_before and was_taken(_asked(client, reference)):
                return
            client.send_sms_notification(
                phone_number=number,
                template_id=self._template,
                personalisation={PLACEHOLDER: words},
                reference=reference,
            )

    @contextmanager
    def _client(self) -> Iterator[NotificationsAPIClient]:
        """Notify's client, loaded when the first text is sent; its errors in our words."""
        from notifications_python_client.errors import HTTPError, InvalidResponse
        from notifications_python_client.notifications import NotificationsAPIClient

        client = NotificationsAPIClient(self._key, base_url=self._url, timeout=self._waits_s)
        try:
            yield client
        except HTTPError as error:
            raise _in_our_words(error) from error
        except InvalidResponse as error:
            raise ConnectionError("answer was not understood") from error
        finally:
            client.request_session.close()


def _asked(client: NotificationsAPIClient, reference: str) -> list[str]:
    """The statuses of all texts with this reference, the newest first."""
    found: dict[str, Any] = client.get_all_notifications(template_type="sms", reference=reference)
    return [str(one["status"]) for one in found["notifications"]]


def was_taken(statuses: list[str]) -> bool:
    """Did an earlier try reach Notify, by the statuses of that reference, newest first?

    Raises:
        Refused: it did, and the number does not exist.
    """
    if any(status not in NOT_TAKEN | FAILED_FOR_GOOD for status in statuses):
        return True
    if FAILED_FOR_GOOD & set(statuses):
        raise Refused("number permanent-failure")
    return False


def _in_our_words(error: HTTPError) -> Exception:
    """What an answer of Notify means. Source: its documentation, "Error codes" of sending a text message."""
    code, said = error.status_code, str(error.message).lower()
    if error.response is None:
        return CannotCarry("no connection")
    if code == 400 and "phone_number" in said:
        return Refused("number 400")
    if code in (401, 403) or (code == 400 and ("template" in said or "api key" in said or "trial" in said)):
        return CannotCarry(f"notify {code}", settings=True)
    if code == 429:
        return CannotCarry("notify 429")
    return ConnectionError(f"notify {code}")
