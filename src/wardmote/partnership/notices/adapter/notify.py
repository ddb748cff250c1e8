"""Handing letters to GOV.UK Notify, by its published REST contract (docs.notifications.service.gov.uk/rest-api.html).

Its own client for Python needs a package that has no wheel, and cannot be installed by hash. Before a letter is tried
again, Notify is asked under the letter's reference whether it has it already: none is sent twice.
"""

import time
from typing import Any

import jwt
import requests

from wardmote.partnership.notices.rules import Delivery, Handed, Letter, sentence
from wardmote.partnership.notices.rules.routes import KEY_VARIABLE, NotifyRoute

TIMEOUT_SECONDS = 30
SERVER_ERROR = 500
# Known by Notify, and not delivered: the mail box refused it, or Notify did.
LOST = frozenset({"permanent-failure", "technical-failure", "validation-failed", "virus-scan-failed"})


class Notify:
    """One service at GOV.UK Notify."""

    asks_first = True

    def __init__(self, route: NotifyRoute) -> None:
        self.route = route

    def send(self, letter: Letter) -> Delivery:
        """Ask for one e-mail from the template, which has the places ((things)) and ((link))."""
        known = self._known(letter.reference) if letter.tried_before else None
        return known or self._send(letter)

    def _send(self, letter: Letter) -> Delivery:
        asked = {
            "email_address": letter.to,
            "template_id": str(self.route.template),
            "personalisation": {"things": sentence(letter.things), "link": letter.link},
            "reference": letter.reference,
        }
        try:
            answer = self._ask("POST", "/v2/notifications/email", json=asked)
        except requests.ConnectionError:
            return Delivery(Handed.LATER, "GOV.UK Notify could not be reached.")
        except requests.RequestException:
            return Delivery(Handed.LATER, "GOV.UK Notify did not answer in time.")
        if answer.status_code == requests.codes.created:
            return Delivery(Handed.SENT, provider_key=str(_json(answer).get("id", ""))[:80])
        return _refused(answer)

    def _known(self, reference: str) -> Delivery | None:
        """Return what became of an earlier try; None where Notify never got it."""
        cannot_say = Delivery(Handed.LATER, "GOV.UK Notify could not say whether it has it already.")
        try:
            answer = self._ask("GET", "/v2/notifications", params={"reference": reference})
        except requests.RequestException:
            return cannot_say
        if answer.status_code != requests.codes.ok:
            return cannot_say
        found = [one for one in _json(answer).get("notifications", []) if one.get("reference") == reference]
        if not found:
            return None
        key = str(found[0].get("id", ""))[:80]
        if found[0].get("status") in LOST:
            return Delivery(Handed.REFUSED, "GOV.UK Notify took it and could not deliver it. Check the address.", key)
        return Delivery(Handed.SENT, provider_key=key)

    def _ask(self, method: str, path: str, **asked: Any) -> requests.Response:
        claims = {"iss": self.route.service, "iat": int(time.time())}
        token = jwt.encode(claims, self.route.secret, algorithm="HS256")
        headers = {"Authorization": f"Bearer {token}"}
        address = self.route.base_url + path
        # A redirect would carry the token to another address.
        return requests.request(
            method, address, headers=headers, timeout=TIMEOUT_SECONDS, allow_redirects=False, **asked
        )


def _refused(answer: requests.Response) -> Delivery:
    code = answer.status_code
    said = " ".join(str(error.get("message", "")) for error in _json(answer).get("errors", []))
    if code == requests.codes.too_many_requests or code >= SERVER_ERROR:
        return Delivery(Handed.LATER, f"GOV.UK Notify asked to try again later ({code}).")
    return Delivery(Handed.REFUSED, _advice(code, said))


def _advice(code: int, said: str) -> str:
    """Say what to put right; Notify's own words may hold an address and are not repeated."""
    if "clock" in said:
        return "This machine's clock is wrong: GOV.UK Notify refused the token (403)."
    if code in (requests.codes.unauthorized, requests.codes.forbidden):
        return f"GOV.UK Notify did not accept the API key ({code}). Set {KEY_VARIABLE} to one that is in force."
    if "team-only" in said or "trial mode" in said:
        return f"GOV.UK Notify sends only to its own team: the key is a team key, or the service is on trial ({code})."
    if "emplate" in said or "ersonalisation" in said:
        return f"GOV.UK Notify refused the template ({code}). It needs the places ((things)) and ((link))."
    return f"GOV.UK Notify refused it ({code}). Check the address and the template."


def _json(answer: requests.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except requests.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
