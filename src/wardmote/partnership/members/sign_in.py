"""How an account is known: sign-in name and password, demo accounts in the demo only."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from .models import Account


class AccountBackend(BaseBackend):
    """Checks a password, taking as long for an unknown name as for a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        """Return the account, or None."""
        account = Account.objects.filter(email__iexact=(username or "").strip()).first()
        if account is None:
            make_password(password or "")  # equal work, so that the time does not tell who has an account
            return None
        matches = account.check_password(password or "")
        return account if matches and self._may_sign_in(account) else None

    def get_user(self, user_id: UUID | str) -> Account | None:
        """Return the account of a session, or None where it may no longer sign in."""
        account = Account.objects.filter(pk=user_id).first()
        return account if account and self._may_sign_in(account) else None

    @staticmethod
    def _may_sign_in(account: Account) -> bool:
        return account.is_active and (not account.is_demo or not settings.IS_PRODUCTION)
