# The project's commands; `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help

.PHONY: help run test check bench lock clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: .venv/run ## Start Cordada with the web chat; needs no token, Docker or database
	@exec $(BIN)/cordada run

test: .venv/dev .venv/browser ## Run every test; those for Docker need an engine that answers
	$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: .venv/dev ## Lint, types, import contracts, catalogue, documents, names
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m challenges check --static
	$(BIN)/python -m pytest -q tests/unit/test_documents.py tests/unit/test_structure.py tests/unit/chat/test_texts.py

bench: .venv/dev ## Measure, side by side, on this machine
	$(BIN)/cordada bench runner
	$(BIN)/cordada bench boards
	$(BIN)/cordada bench pairing

lock: .venv/dev ## Resolve the dependencies again into requirements/
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-config --upgrade pyproject.toml --group build -o requirements/run.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-config pyproject.toml --group build --group dev -c requirements/run.txt -o requirements/dev.txt
	for profile in base data web ml; do $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-emit-find-links --no-header --no-config --upgrade requirements/sandbox-$$profile.in -o requirements/sandbox-$$profile.txt || exit 1; done

clean: ## Remove the virtual environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cordada needs Python 3.11 or newer; choose one with: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/run: requirements/run.txt pyproject.toml | .venv/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Debian's Chromium, for the browser tests. Who is not root installs a browser by hand.
.venv/browser: | .venv/python
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
		&& apt-get update -q && apt-get install -y -q --no-install-recommends chromium; } \
		|| echo "No Chromium here: the browser tests will be skipped."
	@touch $@

.venv/dev: requirements/dev.txt .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
