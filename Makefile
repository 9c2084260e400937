# Every verb explains itself: `make help`. The environment is .venv, made by uv from the lock.
SHELL := /bin/bash
.DEFAULT_GOAL := help
UV := .tools/uv/bin/uv
PY := .venv/bin/python
PYTEST_WORKERS ?= 2

.PHONY: help setup setup-test run test check bench messages format clean

help: ## List the verbs
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

setup: .tools/system-run .venv/.synced frontend/dist/.built src/dure/locale/.compiled ## Install everything the product needs

setup-test: setup .tools/system-test ## Also install what the tests need (Chromium, PostgreSQL, gettext)

run: setup ## Set up, make the example nation, start the server and say where to go
	@$(PY) -m dure.web.start

test: setup-test check ## Set up, run every check and every test
	@$(PY) -m pytest -n $(PYTEST_WORKERS) --cov --cov-report=
	@$(PY) -m tests.coverage_floor

check: setup-test ## Style, types, import contracts, templates, translations, documents
	@.venv/bin/ruff check src tests bench
	@.venv/bin/ruff format --check src tests bench
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/djlint src/dure/web/templates --lint --quiet
	@$(PY) -m pytest tests/architecture -p no:randomly

bench: setup-test ## Measure every performance claim beside its named peer
	@$(UV) sync --frozen --quiet --group bench
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(PY) $$script || exit 1; done

messages: setup ## Gather Korean source sentences into the English catalogue
	@$(PY) -m tests.catalogue

format: setup ## Put the code in the house's format
	@.venv/bin/ruff check --fix --quiet src tests bench; .venv/bin/ruff format --quiet src tests bench

clean: ## Remove what setup made (your data in var/ stay)
	@rm -rf .venv .tools node_modules frontend/node_modules frontend/dist staticfiles

.tools/system-run: bin/install-system
	@bin/install-system run && touch $@

.tools/system-test: bin/install-system
	@bin/install-system test && touch $@

$(UV): bin/install-uv
	@bin/install-uv

.venv/.synced: $(UV) pyproject.toml uv.lock
	@$(UV) sync --frozen --quiet && touch $@

frontend/dist/.built: .venv/.synced frontend/package-lock.json frontend/build.mjs $(shell find frontend/src -type f)
	@bin/build-frontend && touch $@

src/dure/locale/.compiled: .venv/.synced $(wildcard src/dure/locale/*/LC_MESSAGES/*.po)
	@mkdir -p src/dure/locale && .venv/bin/pybabel --quiet compile --domain django --directory src/dure/locale && touch $@
