# Two commands do everything: `make run` installs and starts Cardsort, `make test` installs what the tests need and runs them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKS := pyproject.toml requirements.lock package-lock.json hatch_build.py vendor_assets.py catalogues.py $(wildcard translations/*/cardsort.po)
WORKERS = $(shell $(BIN)/python -c 'import os; print(min(4, (os.cpu_count() or 1) + 1))')  # they wait for browsers
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check

.PHONY: install run test check bench pages soak screenshots translations lock dist release clean

install: $(VENV)/.installed  ## what running needs

run: install  ## install and start; the address is printed
	@$(BIN)/cardsort run

test: $(VENV)/.installed-dev  ## install what the tests need and run all of them
	@$(BIN)/python tests/browser/find_chromium.py
	@$(BIN)/python tests/browser/find_engines.py
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/.installed-dev  ## linters, types, layers, formatting, the oldest browsers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.floor

bench: $(VENV)/.installed-dev  ## ratios, measured in one run
	$(BIN)/python -m tests.bench

pages: $(VENV)/.installed-dev  ## pages of the report and how full each is, for four sizes of workshop
	$(BIN)/python -m tests.bench.pages

soak: $(VENV)/.installed-dev  ## the promises under load, at full size, and the ballot in an old WebKit
	$(BIN)/python -m tests.trust
	@command -v WPEWebDriver > /dev/null || apt-get install -y -qq --no-install-recommends wpewebkit-driver cog > /dev/null
	OLD_WEBKIT=1 $(BIN)/python -m pytest -q tests/browser/test_engines.py -k tablet

screenshots: $(VENV)/.installed-dev  ## the README's pictures, made again
	$(BIN)/python -m tests.browser.screenshots

translations: $(VENV)/.installed-dev  ## the catalogues brought up to what the program says, and compiled; NEW=es begins one
	$(BIN)/python catalogues.py $(NEW)

dist: $(VENV)/.installed-dev  ## source archive, and the wheel made from it that runs anywhere, alone in dist/
	rm -f dist/*.whl dist/*.tar.gz
	$(BIN)/python -m build --no-isolation
	$(BIN)/uvx --quiet "twine>=6.2" check --strict dist/*

release: $(VENV)/.installed-dev  ## VERSION=x.y.z: raise the version, close the changelog's heading, commit and tag
	$(BIN)/python release.py $(VERSION)

lock: $(VENV)/.installed-dev  ## resolve the newest allowed versions, for all Pythons from 3.11 on
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
	  pyproject.toml --extra postgres -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --upgrade \
	  pyproject.toml --extra postgres --group dev -o requirements-dev.lock

clean:  ## remove what was installed and built; never the data
	rm -rf $(VENV) build dist static/vendor .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache tests/output

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Cardsort needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.installed: $(LOCKS) | $(VENV)/bin/python
	@echo "Installing Cardsort into $(VENV) (once) ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps -e .
	@touch $@

$(VENV)/.installed-dev: $(LOCKS) requirements-dev.lock | $(VENV)/bin/python
	@echo "Installing Cardsort and its tests' tools into $(VENV) (once) ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps -e .
	@touch $@ $(VENV)/.installed
