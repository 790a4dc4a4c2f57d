# Waymark. `make help` lists what can be asked for. Works with GNU make 3.81 (macOS) and newer.

SHELL := /bin/sh
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
STAMPS := .venv/stamps
STEP := @.ci/step
INSTALL := $(BIN)/uv pip install --quiet --python $(BIN)/python
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header
PAGES := webapp/design/built/manifest.json

# What the style sheets are built from: their sources, and every template that may use them.
LOOK := $(shell find webapp \( -name built -o -name __pycache__ \) -prune -o -type f \
	\( -name '*.scss' -o -name '*.css' -o -name '*.js' -o -name '*.mjs' -o -name '*.jinja' -o -name '*.html' \
	-o -path 'webapp/design/*.py' \) -print 2>/dev/null)
CATALOGUES := $(shell find translations -name '*.po' 2>/dev/null)

export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy

.PHONY: help run test set-up check lock format bench stop clean

## help: list what can be asked for
help:
	@sed -n 's/^## //p' Makefile | awk -F': ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

## run: serve the demonstration, with everything it needs
run: set-up
	$(STEP) "Start the database, bring tables up to date" $(BIN)/waymark database migrate
	@if [ -n "$$WAYMARK_DATABASE_URL" ] || [ ! -e var/demo-filled ]; then \
		.ci/step "Fill the demonstration (once)" $(BIN)/waymark demo seed && mkdir -p var && touch var/demo-filled; \
	fi
	@exec $(BIN)/waymark serve

## test: check everything; the last lines are the summary of the tests
test: set-up $(STAMPS)/test check
	@exec $(BIN)/pytest -n 2

check: set-up $(STAMPS)/test
	$(STEP) "Look for slips (ruff)" $(BIN)/ruff check
	$(STEP) "Check the types (mypy)" $(BIN)/mypy
	$(STEP) "Check who imports whom (import-linter)" $(BIN)/lint-imports
	$(STEP) "Check the modules" $(BIN)/waymark content check
	$(STEP) "Check the translations" $(BIN)/waymark translations check

## set-up: make the virtual environment, the style sheets and the translations
set-up: $(STAMPS)/demo $(STAMPS)/project $(PAGES) $(STAMPS)/translations

## lock: pin every package again, with hashes
lock: $(STAMPS)/tools
	$(STEP) "Pin what the website needs" $(LOCK) $(UPGRADE) pyproject.toml -o requirements/base.txt
	$(STEP) "Pin what the demonstration adds" $(LOCK) pyproject.toml --extra demo \
		-c requirements/base.txt -o requirements/demo.txt
	$(STEP) "Pin what the tests add" $(LOCK) $(UPGRADE) pyproject.toml --extra demo --extra test \
		-c requirements/demo.txt -o requirements/test.txt
	$(STEP) "Pin what builds the environment" $(LOCK) $(UPGRADE) requirements/setup.in -o requirements/setup.txt
	$(STEP) "Pin Node" $(LOCK) $(UPGRADE) requirements/node.in -o requirements/node.txt

## format: put the code in its usual shape
format: $(STAMPS)/test
	@$(BIN)/ruff check --fix --select I
	@$(BIN)/ruff format

## bench: measure pages and slow phones (see bench/README.md)
bench: set-up $(STAMPS)/test
	@$(BIN)/python -m bench

## stop: stop the private database
stop:
	@if [ -x $(BIN)/waymark ]; then $(BIN)/waymark database stop; fi

## clean: remove everything that make made, the demonstration's data too
clean: stop
	@rm -rf .venv node_modules var webapp/design/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find translations webapp -name '*.mo' -exec rm -f {} + 2>/dev/null || true

# Each stamp says "done with these sources"; they live in .venv and go with it.

$(STAMPS)/venv:
	@python=$$(.ci/python) && .ci/step "Make the virtual environment" "$$python" -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/tools: requirements/setup.txt $(STAMPS)/venv
	$(STEP) "Install the installer (uv)" $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements/setup.txt
	@touch $@

$(STAMPS)/demo: requirements/demo.txt $(STAMPS)/tools
	$(STEP) "Install the packages" $(INSTALL) --require-hashes -r requirements/demo.txt
	@touch $@

$(STAMPS)/test: requirements/test.txt $(STAMPS)/demo
	$(STEP) "Install the packages of the tests" $(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/tools
	$(STEP) "Install Waymark itself" $(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/npm: package-lock.json package.json $(STAMPS)/tools
	$(STEP) "Install what builds the style sheets" .ci/npm ci
	@touch $@

$(PAGES): $(LOOK) $(STAMPS)/npm $(STAMPS)/demo $(STAMPS)/project
	$(STEP) "Build the style sheets and scripts" .ci/npm run build
	@touch $@

$(STAMPS)/translations: $(CATALOGUES) $(STAMPS)/demo $(STAMPS)/project
	$(STEP) "Compile the translations" $(BIN)/waymark translations compile
	@touch $@
