# Each target makes the virtual environment first if it isn't there.
# Another one: make test VENV=/path/to/venv. Another Python: make lab PYTHON=python3.12
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=

# The first Python on this machine that TensorFlow has packages for.
SUITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	if $$p -c '$(SUITS)' 2>/dev/null; then echo $$p; break; fi; done)

.PHONY: lab test test-all run slides site render bench lint format clean

lab: $(READY)
	$(BIN)/interview lab $(ARGS)

test: $(READY)
	$(BIN)/python -m pytest -n auto $(ARGS)

# What repeats the slow way what a quicker test proves, too.
test-all: $(READY)
	$(BIN)/python -m pytest -n auto -m "" $(ARGS)

run: $(READY)
	$(BIN)/interview run $(ARGS)

slides: $(READY)
	$(BIN)/interview slides $(ARGS)

# The website, to read without a network: runs/site/index.html
site: $(READY)
	$(BIN)/interview site $(ARGS)

render: $(READY)
	$(BIN)/interview render $(ARGS)

bench: $(READY)
	$(BIN)/python -m tools.bench $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry . --config tools/deptry.toml

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(READY): requirements.txt pyproject.toml
	@if [ -z "$(PYTHON)" ] || ! $(PYTHON) -c '$(SUITS)'; then \
		echo "Python 3.11, 3.12 or 3.13 is needed. Install one, and name it if it"; \
		echo "isn't found by itself: make lab PYTHON=/path/to/python3.12"; exit 1; fi
	@echo "Setting up $(VENV) with $$($(PYTHON) --version); this takes a minute or two."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) runs
