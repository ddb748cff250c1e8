#!/bin/sh
# Everything that can be checked without running the product. Each step says its name; the worst ends the run.
set -eu
bin=.venv/bin
step() { printf '==> %s\n' "$1"; }

step "lock files are current"
$bin/uv export --frozen --offline --no-default-groups --no-emit-project --no-header --no-annotate -q | diff -q - requirements.lock
$bin/uv export --frozen --offline --all-groups --no-emit-project --no-header --no-annotate -q | diff -q - requirements-test.lock
step "format and lint"
$bin/ruff format --check -q .
$bin/ruff check -q .
step "types"
$bin/mypy
step "layers and the wall"
$bin/lint-imports --no-cache
step "migrations"
$bin/python manage.py makemigrations --check --dry-run -v 0
step "templates"
$bin/djlint src --lint --quiet
step "the docs site"
$bin/sphinx-build -q -W -b html docs docs/_build
step "definitions and the repository itself"
$bin/python -m pytest -q tests/architecture tests/definitions
