# What a developer or a curious visitor types. Each target may be run twice;
# what it makes stays in .venv/, node_modules/, static/build/ and var/.

PYTHON ?= python3
PORT ?= 8000
DEPARTEMENT ?= 47
DATA ?=
export PORT DEPARTEMENT

RUN = .venv/bin/python
TESTS = DJANGO_SETTINGS_MODULE=portal.settings.test
.DEFAULT_GOAL := help
.PHONY: help demo services stop test pictures check bench verify lock install-demo install-test

help:
	@echo "make demo      the whole portal on http://localhost:$(PORT)"
	@echo "               (DEPARTEMENT=48, PORT=8080, DATA=folder of official files)"
	@echo "make test      every test, browser tests included (ARGS='tests/territory -x')"
	@echo "make pictures  what the browser tests see, in var/screenshots/"
	@echo "make check     lint, layers, missing migrations, deployment settings"
	@echo "make services  the embedded Postgres and Valkey alone; prints their URLs"
	@echo "make stop      stops everything that make started"
	@echo "make bench     measures; make verify DATA=folder checks official figures"

demo: install-demo
	@$(RUN) -m portal.run demo $(if $(DATA),--data "$(DATA)")

services: install-demo
	@$(RUN) -m portal.embedded start

stop:
	@if [ -x $(RUN) ]; then $(RUN) -m portal.run stop; fi

test: install-test
	@$(TESTS) $(RUN) -m portal.run with-services $(RUN) -m pytest -n 2 --dist worksteal $(ARGS)

pictures: install-test
	@PICTURES=1 $(TESTS) $(RUN) -m portal.run with-services $(RUN) -m pytest -n 2 tests/browser $(ARGS)

check: install-test
	$(RUN) -m ruff check --no-cache .
	$(RUN) -m ruff format --no-cache --check .
	$(RUN) -m djlint --lint --use-gitignore --quiet .
	.venv/bin/lint-imports
	@$(RUN) -m portal.run with-services $(RUN) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(RUN) manage.py check --deploy --fail-level WARNING

# As on a real server, with values that name nothing real.
PRODUCTION = DJANGO_SETTINGS_MODULE=portal.settings.base ALLOWED_HOSTS=portail.example \
	SECRET_KEY="$$($(RUN) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	DATABASE_URL=postgres://portal@database/portal REDIS_URL=redis://broker/0

bench: install-test
	@$(RUN) -m portal.run with-services $(RUN) -m benchmarks $(ARGS)

verify: install-test
	@[ -n "$(DATA)" ] || { echo "Say where the official files are:" \
		"make verify DATA=folder." >&2; exit 1; }
	@$(TESTS) VERIFY_DATA="$(abspath $(DATA))" \
		$(RUN) -m portal.run with-services $(RUN) -m pytest -n 0 -v tests/verify

# Locks for every platform and Python from 3.11, with hashes and no address.
# Needs uv; run after a change in the dependencies of pyproject.toml.
COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
lock:
	$(COMPILE) pyproject.toml --extra demo --extra dev --extra s3 -o requirements/test.txt
	$(COMPILE) pyproject.toml --extra demo -c requirements/test.txt -o requirements/demo.txt
	$(COMPILE) pyproject.toml --extra s3 -c requirements/test.txt -o requirements/production.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt

install-demo install-test:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing:" \
		"sudo apt install python3 python3-venv, or name one with PYTHON=." >&2; exit 1; }
	@$(PYTHON) tools/install.py $(@:install-%=%)
