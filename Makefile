# Development of briefing, with no more than Python, make and a POSIX shell. `make` lists the targets.

CORE = .venv
DEV = .venv-dev
WHEELHOUSE = dist/wheels
UV = uv
PYTHON ?=
WHEELS ?=
ARGS ?=
export WHEELS

PACKAGES = tui briefings sources cache
SOURCES := $(shell find $(PACKAGES) -name __pycache__ -prune -o -type f -print)
PACKAGING = pyproject.toml README.md LICENSE
CODE = $(PACKAGES) tests scripts benchmarks
COMPILE = pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
LOCAL = --no-deps --no-index --no-build-isolation
WITH_BACKEND = PYTHONPATH="$(CURDIR)/$(CORE)/backend"
RUN_TESTS = $(DEV)/bin/python -m pytest -q -n auto

.PHONY: help run test check check-all format wheels lock bench screenshots clean environment FORCE

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile
	@echo "Settings: ARGS='what briefing or pytest is given'  PYTHON=python3.12  WHEELS=folder (install without a network)"

run: $(CORE)/.product ## start briefing (ARGS="list"); the first time makes its environment
	@$(CORE)/bin/briefing $(ARGS)

test: environment ## run all tests (ARGS="-k links")
	@$(RUN_TESTS) $(ARGS)

check: environment ## format, lint, types, import contracts and tests
	@$(DEV)/bin/ruff format --check --quiet $(CODE) || { echo "not formatted: run \`make format\`" >&2; exit 1; }
	@$(DEV)/bin/ruff check --quiet $(CODE)
	@$(DEV)/bin/mypy --no-error-summary
	@$(DEV)/bin/lint-imports --no-logo
	@$(RUN_TESTS) $(ARGS)

check-all: ## run the tests on every Python from 3.11 on that is installed
	@scripts/check-all.sh

format: environment ## format the code and mend what the linter can
	@$(DEV)/bin/ruff check --quiet --fix-only $(CODE)
	@$(DEV)/bin/ruff format $(CODE)

wheels: $(CORE)/.product ## fill dist/wheels with briefing and all that run and test need
	@echo "filling $(WHEELHOUSE) ..." >&2
	@rm -rf $(WHEELHOUSE) && mkdir -p $(WHEELHOUSE)
	@scripts/pip.sh $(CORE) download --require-hashes --only-binary :all: -d $(WHEELHOUSE) -r requirements/dev.txt
	@$(WITH_BACKEND) scripts/pip.sh $(CORE) wheel $(LOCAL) -w $(WHEELHOUSE) .

lock: ## pin the dependencies again, with uv (ARGS=--upgrade for newer ones)
	@$(UV) $(COMPILE) $(ARGS) pyproject.toml --group dev -o requirements/dev.txt
	@$(UV) $(COMPILE) $(ARGS) -c requirements/dev.txt pyproject.toml -o requirements/core.txt
	@$(UV) $(COMPILE) $(ARGS) -c requirements/dev.txt --group build -o requirements/build.txt

bench: environment ## measure how fast briefing is (ARGS="--quick --only start")
	@$(DEV)/bin/python -m benchmarks $(ARGS)

screenshots: environment ## draw the pictures in docs/ again
	@$(DEV)/bin/python -m scripts.screenshot

clean: ## remove environments, wheels and caches
	@rm -rf .venv .venv-* build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

environment: $(DEV)/.product

# The two environments. Each file .ready or .product is the time of what it names; FORCE only looks again.
$(CORE)/.ready: FORCE
	@scripts/environment.sh $(CORE) requirements/core.txt $(PYTHON)

$(DEV)/.ready: FORCE
	@scripts/environment.sh $(DEV) requirements/dev.txt $(PYTHON)

# The tools that build the wheel stay beside the core, not in it.
$(CORE)/backend: requirements/build.txt $(CORE)/.ready
	@rm -rf $@
	@scripts/pip.sh $(CORE) install --require-hashes --target $@ -r requirements/build.txt
	@touch $@

$(CORE)/.product: $(CORE)/.ready $(CORE)/backend $(SOURCES) $(PACKAGING)
	@echo "installing briefing in $(CORE) ..." >&2
	@$(WITH_BACKEND) scripts/pip.sh $(CORE) install $(LOCAL) --force-reinstall .
	@touch $@

$(DEV)/.product: $(DEV)/.ready $(PACKAGING)
	@scripts/pip.sh $(DEV) install $(LOCAL) --editable .
	@touch $@
