# Everything starts here: `make` alone lists the targets.
#
#   PYTHON=python3.12     the Python that makes .venv (3.11 or newer)
#   TORCH_INDEX=https://… where torch comes from: PyTorch's index of CPU wheels
#                         saves gigabytes of CUDA on Linux

TORCH_INDEX ?=
EXTRA_INDEX := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))

VENV := .venv
BIN := $(VENV)/bin
LOCK := $(VENV)/lock/bin/python
PIP := $(BIN)/python -m pip --disable-pip-version-check
SETTINGS := pyproject.toml constraints.txt

NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.11 python3.12 python3.13; do \
	$$each -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$each && break; done)

.DEFAULT_GOAL := help
.PHONY: help demo serve test check format bench evaluate bench-fidelity bench-store bench-segmentation bench-jobs bench-page faults texts screenshots hooks lock clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-19s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## Translate a sample article, show both texts, write demo.html
	@$(BIN)/visavis demo

serve: $(VENV)/.runtime ## Run the service until Ctrl-C
	@$(BIN)/visavis serve

test: $(VENV)/.dev ## Run the tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev ## Run everything that a change has to pass
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/python -m pytest

format: $(VENV)/.dev ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev ## Measure the engine against its alternatives (minutes)
	$(BIN)/python -m benchmarks.engine

evaluate: $(VENV)/.dev ## Measure alignment beside the published figures (minutes; needs gold)
	$(BIN)/python -m benchmarks.evaluate

bench-fidelity: $(VENV)/.dev ## Measure the fidelity checks and repair (minutes; news sets if there)
	$(BIN)/python -m benchmarks.fidelity

bench-store: $(VENV)/.dev ## Measure what keeping documents costs (minutes)
	$(BIN)/python -m benchmarks.store

bench-segmentation: $(VENV)/.bench ## Measure sentence splitters side by side (minutes)
	$(BIN)/python -m benchmarks.segmentation

bench-jobs: $(VENV)/.dev ## Measure jobs beside the bare engine (minutes; PostgreSQL and RabbitMQ)
	$(BIN)/python -m benchmarks.jobs

bench-page: $(VENV)/.dev ## Measure how fast the bench answers, in 2,000 segments (needs Chromium)
	$(BIN)/python -m benchmarks.bench_page

faults: $(VENV)/.dev ## Kill, cut off and fill up what runs jobs, at length (half an hour, as root)
	$(BIN)/python -m tests.faults.report
	LONG=1 $(BIN)/python -m pytest tests/jobs/test_runner.py -k twenty

texts: $(VENV)/.dev ## Bring new texts of the pages into their catalogs, to be translated there
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k mark --add-location=file --sort-output --project=Vis-à-vis -o build/messages.pot .
	$(BIN)/pybabel update -i build/messages.pot -d service/review/locales --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100

screenshots: $(VENV)/.dev ## Take the pictures of the documentation again (needs Chromium)
	$(BIN)/python docs/screenshots.py

hooks: $(VENV)/.dev ## Run the quick checks before every commit
	$(BIN)/pre-commit install

# torch stays at its version until somebody raises it in constraints.txt by hand. What belongs to one
# kind of machine only (CUDA, a wheel's local tag) stays out.
lock: $(VENV)/.python ## Choose newer versions: writes constraints.txt anew
	rm -rf $(VENV)/lock
	$(BIN)/python -m venv $(VENV)/lock
	$(LOCK) -m pip install -q $(EXTRA_INDEX) $$(grep '^torch==' constraints.txt)
	$(LOCK) -m pip install -q -e '.[dev]'
	$(LOCK) -m pip freeze --all --exclude pip --exclude vis-a-vis > $(VENV)/lock/frozen.txt
	{ echo '# The versions that are tested together; the set-up installs under them. Made by: make lock'; \
	  grep -vE '^(cuda|nvidia|triton)' $(VENV)/lock/frozen.txt | sed 's/+.*//' | LC_ALL=C sort -f; \
	} > $(VENV)/lock/constraints.txt
	mv $(VENV)/lock/constraints.txt constraints.txt
	rm -rf $(VENV)/lock

clean: ## Remove .venv and everything that a run leaves behind
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemathesis .coverage \
	  build dist *.egg-info demo.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is touched when its step is done, so an interrupted set-up goes on where it stopped.
$(VENV)/.python:
	@[ -n '$(PYTHON)' ] || { \
	  echo 'Vis-à-vis needs Python 3.11 or newer, and found none. Say where one is: make PYTHON=/path/to/python3.12 …' >&2; \
	  exit 1; }
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { \
	  echo "Vis-à-vis needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
	    'Say where one is: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '$(PYTHON) cannot make a virtual environment. Debian and Ubuntu: apt-get install python3-venv' >&2; \
	  exit 1; }
	@echo 'Setting up .venv, once: minutes, and some hundred megabytes (gigabytes where torch comes with CUDA: see TORCH_INDEX in the Makefile).'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# torch comes first, because on its own it can be told where to come from.
$(VENV)/.torch: $(VENV)/.python constraints.txt
	@echo 'Installing torch …'
	@$(PIP) install -q -c constraints.txt $(EXTRA_INDEX) torch
	@touch $@

$(VENV)/.runtime: $(VENV)/.torch $(SETTINGS)
	@echo 'Installing Vis-à-vis …'
	@$(PIP) install -q -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo 'Installing the tools of the tests …'
	@$(PIP) install -q -c constraints.txt -e '.[dev]'
	@touch $@

# PyICU is built from source against ICU; without it, its row says so.
$(VENV)/.bench: $(VENV)/.dev
	@echo 'Installing the sentence splitters to compare with …'
	@$(PIP) install -q -c constraints.txt -e '.[bench]'
	@$(PIP) install -q PyICU || echo 'PyICU was not built: it needs a compiler and libicu-dev.'
	@touch $@
