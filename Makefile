# The newcomer's commands. `make setup` is called by the others when it is needed.
PYTHON ?= python3
BIN := .venv/bin
SHARED ?= ../shared

.PHONY: help setup demo test check format docs scores gazetteer shapes lock clean browser

help:            ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 12

setup: $(BIN)/.ready   ## .venv with everything in it

$(BIN)/.ready: requirements.lock pyproject.toml
	$(PYTHON) tools/check_python.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup      ## code the built-in dispatches and open them on the desk
	$(BIN)/dateline demo demo-dataset

test: setup browser   ## the whole test suite
	$(BIN)/python -m pytest

browser:         # Chromium for the page tests, where we may install it; elsewhere those tests skip and say so
	@sh tools/install_chromium.sh

check: setup     ## format, lint, types, docs and codebook checks
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python tools/check_docs.py
	$(BIN)/python tools/check_data.py
	$(BIN)/python -m corpus.check

format: setup    ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup      ## write the generated pages of docs/ anew
	$(BIN)/python tools/check_docs.py --write

scores: setup    ## score on the development data and compare with benchmarks/floors.json
	$(BIN)/python benchmarks/scores.py --shared $(SHARED)

gazetteer: setup ## build the gazetteer anew: make gazetteer CITIES=… SHAPES=… (folders of two npm packages, see the tool)
	$(BIN)/python tools/build_gazetteer.py --cities $(CITIES) --shapes $(SHAPES)

shapes: setup    ## build the map's outlines anew: make shapes SHAPES=…
	$(BIN)/python tools/build_shapes.py $(SHAPES)

lock: setup      ## resolve requirements.lock anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --all-extras --group dev pyproject.toml -o requirements.lock

clean:           ## remove what was built
	rm -rf .venv demo-dataset dist .mypy_cache .pytest_cache .ruff_cache
