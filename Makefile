# Each target sets up what it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test slow lint bench messages lock help

help: ## lists the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

run: .venv/ready ## runs the bot: against Telegram with BOT_TOKEN, else in the sandbox
	@$(BIN)/python -m bot

test: .venv/ready-dev ## runs the tests
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n 3

slow: .venv/ready-dev ## runs the long proofs: kills, weeks of simulated time
	@echo "Running the long proofs; this takes some minutes ..."
	@$(BIN)/python -m pytest -m slow -rP

lint: .venv/ready-dev ## checks style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/ready-dev .venv/peers/ready ## measures the bot against a bare one and against its peers
	@$(BIN)/python -m benchmarks

messages: .venv/ready-dev ## brings locales/ up to date with the sentences in the code
	@$(BIN)/python -m tools.messages

lock: .venv/ready-dev ## pins the dependencies anew
	$(BIN)/uv pip compile -q --universal --generate-hashes --custom-compile-command "make lock" pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --custom-compile-command "make lock" --extra dev pyproject.toml -o requirements-dev.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --custom-compile-command "make lock" --python-version 3.11 requirements-peers.in -o requirements-peers.txt

.venv/python:
	@echo "Setting up .venv ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: requirements.txt | .venv/python
	@echo "Installing what the bot needs ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt | .venv/python
	@echo "Installing what the bot and its tests need ..."
	@$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.venv/peers/ready: requirements-peers.txt | .venv/python
	@echo "Installing the peers to measure against ..."
	@$(BIN)/python -m venv .venv/peers
	@.venv/peers/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements-peers.txt
	@touch $@
