"""Settings of the product."""

SECRET_KEY = "x"  # noqa: S105
USE_TZ = True
INSTALLED_APPS: list[str] = []
