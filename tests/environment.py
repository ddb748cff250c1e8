"""What the product sees of the machine while it is tested; loaded before Django's settings are.

Every process stores into a folder of its own. Under `make test-postgres` the database is PostgreSQL, as the
application's own role, which owns nothing.
"""

import atexit
import os
import shutil
import sys
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
POSTGRESQL = os.environ.get("WARDMOTE_TEST_POSTGRESQL", "")
OWNER_ROLE = "wardmote_test_owner"
APPLICATION_ROLE = "wardmote_test_application"
PASSWORD = "only-for-tests-on-this-machine"

data = tempfile.mkdtemp(prefix=f"wardmote-tests-{WORKER}-")
atexit.register(shutil.rmtree, data, ignore_errors=True)
os.environ["WARDMOTE_DATA"] = data
os.environ["WARDMOTE_ENV"] = "embedded"
if sys.dont_write_bytecode:
    # A machine may say that Python keeps no bytecode: each process of the suite would compile 1,500 modules anew, for
    # two seconds. It is kept in the environment, apart from the sources; Python compares it with them.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = os.path.join(sys.prefix, "bytecode")
    sys.dont_write_bytecode = False
# Playwright's own loop runs in the tests' thread; Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ.pop("DATABASE_URL", None)
os.environ.pop("DATABASE_OWNER_URL", None)

if "postgresql" in sys.argv and not POSTGRESQL and WORKER == "main":
    sys.exit("Set WARDMOTE_TEST_POSTGRESQL to a PostgreSQL whose superuser you are: `make test-postgres` does.")


def address(name: str, role: str) -> str:
    """Return the address of a database on the test server, for one of the two roles."""
    host = POSTGRESQL.split("@", 1)[1].split("/", 1)[0]
    return f"postgresql://{role}:{PASSWORD}@{host}/{name}"


DATABASE = f"wardmote_test_{os.getpid()}_{WORKER}"
if POSTGRESQL:
    os.environ["DATABASE_URL"] = address(DATABASE, APPLICATION_ROLE)
    os.environ["DATABASE_OWNER_URL"] = address(DATABASE, OWNER_ROLE)
