# Everything that is done with this checkout. Each target sets up what it needs; `make` alone explains them.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PIP := $(BIN)/pip --quiet --quiet --disable-pip-version-check --no-input
# One more than there are cores: tests often wait for a server or a browser.
WORKERS ?= $(shell echo $$(($$(nproc 2>/dev/null || echo 2) + 1)))

PYTEST_ARGS ?=

.PHONY: help setup demo serve test check audit lint format types layers bench bench-quick bench-report bench-portal bench-batch oracle fuzz faults faults-quick faults-batch faults-stall lives lives-requests \
	docs docs-check lock build clean debian-programs

help: ## explain the targets
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv with the locked dependencies (all other targets do this by themselves)

demo: $(READY) ## play the stories that a CLEC knows against the real gateway, on a clock that is moved by hand
	@$(BIN)/oss-gateway demo

serve: $(READY) ## run the embedded gateway on http://127.0.0.1:8080, data under var/
	@$(BIN)/oss-gateway serve

test: $(READY) debian-programs ## run all tests (PYTEST_ARGS="-k calendar" narrows them)
	@echo "running the tests with $(WORKERS) workers"
	@$(BIN)/pytest -n $(WORKERS) -q $(PYTEST_ARGS)

check: lint types layers docs-check test ## everything that must hold before a commit, as CI does

lint: $(READY) ## ruff: rules and format
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@echo "ruff: clean"

format: $(READY) ## put the code into the house format
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format .

types: $(READY) ## mypy --strict over code, tests and benchmarks
	@$(BIN)/mypy

layers: $(READY) ## import-linter: imports only go down
	@$(BIN)/lint-imports

audit: ## look the locked packages up in the list of known vulnerabilities; says plainly if it cannot be asked
	@.ci/audit

bench: $(READY) ## intake and clocks against two yardsticks (under ten minutes; table, and JSON in var/bench)
	@$(BIN)/python -m benchmarks

bench-quick: $(READY) ## the same in about a minute: one repetition, fewer settings
	@$(BIN)/python -m benchmarks --quick

bench-report: $(READY) ## the report of a month of 20,000 and of 200,000 orders on both databases; BENCH_ARGS="--orders 2000000"
	@$(BIN)/python -m benchmarks.month_report $(BENCH_ARGS)

bench-portal: $(READY) ## pages about orders with a million of them in PostgreSQL (some ten minutes); BENCH_ARGS="--orders 50000"
	@$(BIN)/python -m benchmarks.portal $(BENCH_ARGS)

bench-batch: $(READY) ## what a batch of 10,000 requests does to the answers of single orders
	@$(BIN)/python -m benchmarks.batch_beside

oracle: $(READY) ## 10,000 random orders and 1,000 payment chains against the independent oracle
	@$(BIN)/python -m tests.oracle

fuzz: $(READY) ## at least 5,000 generated requests against /openapi.json, by all checks of schemathesis (about five minutes)
	@$(BIN)/python -m tests.fuzz

faults: $(READY) debian-programs ## at least 50 kills of gateway, Redis and PostgreSQL under load, then the invariants
	@$(BIN)/python -m tests.faults full

faults-quick: $(READY) debian-programs ## a short fault run, under a minute
	@$(BIN)/python -m tests.faults quick

faults-batch: $(READY) ## a batch file of 10,000 requests and two kills -9 in the middle, on both databases
	@$(BIN)/python -m tests.faults.batch

faults-stall: $(READY) debian-programs ## kill -9 of Redis `everysec` while its fsync is held up, 18 times
	@$(BIN)/python -m tests.faults stall

lives: $(READY) ## a year of 20,000 random LSR life cycles, then the invariants (about twenty minutes)
	@$(BIN)/python -m tests.lives --lives 20000

lives-requests: $(READY) ## a year of 5,000 random requests for collocation and what else is asked for by application
	@$(BIN)/python -m tests.lives.requests --lives 5000

docs: $(READY) ## write what is generated: docs/reference and config/territory
	@$(BIN)/python -m docs.generate

docs-check: $(READY) ## fail if a generated page is out of date
	@$(BIN)/python -m docs.generate --check

lock: $(READY) ## renew the hashed locks under requirements/
	@$(PIP) install uv
	@$(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade -o requirements/runtime.txt
	@$(BIN)/uv --quiet pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --upgrade -o requirements/dev.txt
	@echo hatchling | $(BIN)/uv --quiet pip compile - --constraint requirements/dev.txt --universal --python-version 3.11 \
		--generate-hashes --no-header -o requirements/build.txt
	@echo pip-audit | $(BIN)/uv --quiet pip compile - --universal --python-version 3.11 --generate-hashes --no-header \
		--upgrade -o requirements/audit.txt
	@! grep -nE '^-|https?://' requirements/*.txt || { echo "a lock names an address"; exit 1; }

build: $(READY) ## build the wheel into dist/
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

clean: ## remove what was built or cached; var/ (data) and .venv stay
	@rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage*
	@find . -path ./$(VENV) -prune -o -name __pycache__ -type d -print0 | xargs -0 rm -rf

# The stamp is written last, so a setup that broke off is done again.
$(READY): requirements/dev.txt pyproject.toml
	@.ci/virtual-environment "$(PYTHON)" "$(VENV)"
	@echo "installing the locked dependencies and this checkout into $(VENV)"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# Some tests want programs of Debian. They are installed where that can be done without asking anybody.
debian-programs: ## install the programs of Debian that tests want, where that can be done unasked (tests do this by themselves)
	@.ci/debian-programs
