# The front door. `make demo` and `make test` need no other command first.
PORT ?= 8000
PYTHON3 := $(or $(PYTHON),python3)
BIN := .venv/bin
# Three workers for two cores: a browser's journey often waits for a page or for the worker.
WORKERS ?= 3
# Each worker goes on through its own part of the tests, then takes some of the others' (tests/conftest.py orders them).
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo test test-postgres test-journeys test-bare test-kill test-fsync check fix docs bench screenshots

help: ## Show these targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

define need_python
	@command -v $(PYTHON3) >/dev/null 2>&1 || { echo "Wardmote needs Python 3.11, 3.12 or 3.13. Install one (on Debian and Ubuntu: apt-get install python3) and run the same command again." >&2; exit 1; }
endef

setup: ## Build the environment in .venv
	$(need_python)
	@$(PYTHON3) scripts/environment.py

setup-test:
	$(need_python)
	@$(PYTHON3) scripts/environment.py --test

demo: setup ## Run the product with a sample partnership on http://127.0.0.1:$(PORT)
	@exec $(BIN)/wardmote demo --port "$(PORT)"

test: setup-test ## Run every test on the embedded default
	@$(PYTHON3) scripts/machine.py browser
	@env -u DATABASE_URL $(PYTEST) $(ARGS)

test-postgres: setup-test ## Run every test on PostgreSQL, as the application's own role
	@$(PYTHON3) scripts/machine.py browser
	@address=$$($(PYTHON3) scripts/machine.py postgresql) && WARDMOTE_TEST_POSTGRESQL=$$address $(PYTEST) --database postgresql $(ARGS)

test-journeys: setup-test ## Walk every browser journey with JavaScript and without, on both databases
	@$(PYTHON3) scripts/machine.py browser
	@env -u DATABASE_URL WARDMOTE_TEST_VISITORS=both $(PYTEST) tests/journeys $(ARGS)
	@address=$$($(PYTHON3) scripts/machine.py postgresql) && WARDMOTE_TEST_VISITORS=both WARDMOTE_TEST_POSTGRESQL=$$address $(PYTEST) --database postgresql tests/journeys $(ARGS)

test-bare: ## Run demo and tests on a bare Debian made with debootstrap, as root and as an ordinary user
	@sh scripts/test-bare.sh

test-kill: setup-test ## Kill KILLS imports (50) at random moments and see that nothing is lost
	@env -u DATABASE_URL WARDMOTE_KILLS=$(or $(KILLS),50) WARDMOTE_KILL_ROWS=$(or $(ROWS),30000) $(BIN)/python -m pytest -q -s --timeout=0 tests/cli/test_killed_imports.py

test-fsync: setup-test ## Trace an import's writes with strace: file, fsync, rename, fsync, then the row
	@$(BIN)/python scripts/fsync-order.py

test-spark: setup-test ## Start a Spark cluster of a master and a worker, and prove the measures equal on it (needs Java 17)
	@$(PYTHON3) scripts/machine.py java
	@test -d .spark/pyspark || $(BIN)/python -m pip install -q --require-hashes --target .spark -r requirements-spark.lock
	@env -u DATABASE_URL WARDMOTE_TEST_SPARK=1 PYTHONPATH=.spark $(BIN)/python -m pytest -q tests/spark $(ARGS)

check: setup-test ## Format, lint, types, layers, migrations, templates, definitions, the repository's tests of itself
	@sh scripts/check.sh

fix: setup-test ## Format, and mend what can be mended
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

docs: setup-test ## Build the guide, the methods and the decisions as a site in docs/_build
	@$(BIN)/sphinx-build -q -W -b html docs docs/_build && echo "Open docs/_build/index.html"

bench: setup-test ## Print the ratios of bench/
	@for file in bench/*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

screenshots: setup-test ## Make the guide's pictures again from a demo
	@$(PYTHON3) scripts/machine.py browser && $(BIN)/python scripts/screenshots.py
