# What a person types: `make run` to try it, `make test` and `make check` before a commit. One line a step.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
CATALOGUES := $(wildcard locale/*/LC_MESSAGES/django.po)
# settings for what needs no installation's own: fresh secrets, nothing read from .env
AS_TEST := READ_DOT_ENV=0 DJANGO_SETTINGS_MODULE=tests.settings VAR_DIR=$(or $(VAR_DIR),var)
# the least that an installation for production says
AS_INSTALLED := BASE_URL=https://portal.example ALLOWED_HOSTS=portal.example EMAIL_URL=smtp+tls://mail.example:587 \
	DEFAULT_FROM_EMAIL=notice@portal.example SUPPORT_PHONE=0120-111-111
PYTEST := $(BIN)/python -m pytest -p no:cacheprovider

.PHONY: help setup run test check bench sbom drill load scan screenshots browser

help:
	@echo "make run          try it: http://localhost:8000 with invented people"
	@echo "make test         all tests, those without a browser first"
	@echo "make check        style, types, directions, migrations, deployment, templates, translations"
	@echo "make bench        figures beside their yardsticks"
	@echo "make screenshots  every page as a picture"
	@echo "make load         the mix of the day after bad news, on an installation of plain processes"
	@echo "make scan         attacks an installation with wapiti, sqlmap, testssl and Mozilla's scanner of headers"
	@echo "make drill        kill tests, backup and restore with a million residents; written to docs/capacity.md"
	@echo "make sbom         what the service is made of, and under which licences"
	@echo "make setup        install only"

setup: $(INSTALLED) $(CATALOGUES:.po=.mo)

$(INSTALLED): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed (PYTHON=python3.12 make …).")'
	@echo "Installing into .venv"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null; then \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt; \
	else \
		echo "uv cannot be had: installing with pip, which takes longer"; \
		$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt; \
	fi
	@touch $@

%.mo: %.po $(INSTALLED)
	@echo "Compiling translations"
	@$(AS_TEST) $(BIN)/python manage.py compile_catalogues
	@touch $@

.env: | $(INSTALLED)
	@echo "Writing .env with fresh secrets"
	@umask 077 && { echo DEBUG=1; $(BIN)/python -m portal.keys; } > .env.new && mv .env.new .env

run: setup .env
	@$(BIN)/python manage.py serve --prepare

browser: setup
	@$(BIN)/python -m tests.install_browser

test: setup browser
	@echo "Tests without a browser"
	@$(PYTEST) -n auto -m "not journey and not kill and not process"
	@echo "Journeys through a browser"
	@$(PYTEST) -n auto -m "journey"
	@echo "Processes that are started and killed"
	@$(PYTEST) -n auto --dist loadgroup -m "kill or process"

check: setup
	@echo "Style"
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@echo "Types"
	@$(BIN)/mypy --no-error-summary .
	@echo "Directions between the rooms"
	@.ci/quietly $(BIN)/lint-imports
	@echo "Migrations"
	@$(AS_TEST) .ci/quietly $(BIN)/python manage.py makemigrations --check --dry-run
	@$(AS_TEST) .ci/quietly $(BIN)/python -m tests.deploy.locking
	@echo "Deployment"
	@$(BIN)/python -m portal.keys > .env.check && set -f && \
		.ci/quietly env READ_DOT_ENV=0 DEBUG=0 $(AS_INSTALLED) $$(cat .env.check) $(BIN)/python manage.py check --deploy --fail-level WARNING; \
		code=$$?; rm -f .env.check; exit $$code
	@echo "Templates"
	@.ci/quietly $(BIN)/djlint --lint --quiet templates
	@echo "Translations"
	@$(AS_TEST) $(BIN)/python manage.py check_catalogues

bench: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/bench/requirements.txt
	@$(BIN)/python -m tests.bench

sbom: setup
	@mkdir -p var
	@$(BIN)/python -m cyclonedx_py requirements deploy/requirements.txt --of JSON -o var/sbom.json
	@$(BIN)/python -m piplicenses --format=markdown --order=license --output-file=var/licences.md >/dev/null
	@echo "What the service is made of: var/sbom.json (CycloneDX), var/licences.md"

drill: setup
	@$(BIN)/python -m deploy.plain.drill

load: setup
	@$(BIN)/python -m deploy.plain.load

scan: setup
	@$(BIN)/python -m tests.scan

screenshots: setup browser
	@$(BIN)/python -m tests.screenshots
