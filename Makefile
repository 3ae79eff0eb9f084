# Everything a person types. Each recipe sets up what it needs in .venv first.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
JOBS ?= 2

.PHONY: help demo run test test-sqlite test-postgresql check format bench messages requirements vendor clean

help:
	@echo "make demo    a newcomer's first look: the example week, served at http://127.0.0.1:$(PORT)"
	@echo "make test    all tests, on SQLite and on PostgreSQL, with a browser where one is found"
	@echo "make check   format, lint, types, import contracts, migrations, translations"
	@echo "make bench   the measurements"
	@echo "make run     serve what is in TADAMUN_HOME"

.venv/run.stamp: requirements/run.txt pyproject.toml
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tadamun needs Python 3.11 or newer: PYTHON=python3.12 make ..." >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install "setuptools>=77" wheel
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

.venv/check.stamp: requirements/check.txt .venv/run.stamp
	@echo "Installing what tests and checks need (once) ..."
	@$(PIP) install --require-hashes --requirement requirements/check.txt
	@touch $@

.venv/messages.stamp: .venv/run.stamp $(CATALOGUES)
	@$(BIN)/python -m babel.messages.frontend compile --domain=django --directory=locale --statistics 2>/dev/null || $(BIN)/python -m babel.messages.frontend compile --domain=django --directory=locale
	@touch $@

demo: .venv/run.stamp .venv/messages.stamp
	@PORT=$(PORT) $(BIN)/tadamun demo

run: .venv/run.stamp .venv/messages.stamp
	@PORT=$(PORT) $(BIN)/tadamun run

test: .venv/check.stamp .venv/messages.stamp
	@JOBS=$(JOBS) BIN=$(BIN) tests/run

check: .venv/check.stamp .venv/messages.stamp
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@TADAMUN_HOME=$$(mktemp -d) DJANGO_SETTINGS_MODULE=tadamun.config.settings $(BIN)/python -m django makemigrations --check --dry-run
	@$(BIN)/python -m pytest -q -p no:cacheprovider tests/architecture/test_translations.py
	@echo "make check: all is well"

format: .venv/check.stamp
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# After a change of words: collects the strings, merges them into the catalogues; then translate what is new.
messages: .venv/check.stamp
	@$(BIN)/python -m babel.messages.frontend -q extract --mapping-file=babel.cfg --no-wrap --sort-by-file --no-location --omit-header --keyword=gettext_lazy --keyword=ngettext_lazy:1,2 --keyword=pgettext_lazy:1c,2 --keyword=npgettext_lazy:1c,2,3 --add-comments=Translators --output-file=locale/django.pot src
	@for language in $(notdir $(patsubst %/LC_MESSAGES/django.po,%,$(CATALOGUES))); do \
		$(BIN)/python -m babel.messages.frontend -q update --domain=django --no-wrap --no-fuzzy-matching --ignore-obsolete --input-file=locale/django.pot --output-dir=locale --locale=$$language; done
	@rm -f locale/django.pot

bench: .venv/check.stamp .venv/messages.stamp
	@$(BIN)/python -m bench

requirements: .venv/check.stamp
	@requirements/compile

# After a change in package.json; nothing else needs npm.
vendor:
	@requirements/vendor

clean:
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .hypothesis
