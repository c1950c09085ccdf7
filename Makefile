# Two commands matter: `make run` (the specimens of corpus/ to a dataset and a comparison table) and `make test`.
# Each builds its own virtual environment in .venv; nothing outside this folder is touched.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test lint types check accuracy bench peers clean

$(VENV)/.run: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

.links/policy_commitments:
	mkdir -p $@
	ln -sfn ../../schemas $@/schemas
	ln -sfn ../../extractors $@/extractors
	ln -sfn ../../pipeline $@/pipeline

run: $(VENV)/.run
	$(BIN)/commitments run corpus/documents -o output
	$(BIN)/commitments compare output
	$(BIN)/commitments report output
	@echo
	@echo "Look at output/report/index.html (in a browser) or output/compare.xlsx (in Excel)."

lint: $(VENV)/.dev
	$(BIN)/ruff check schemas extractors pipeline tests

types: $(VENV)/.dev .links/policy_commitments
	$(BIN)/mypy -p policy_commitments.schemas -p policy_commitments.extractors -p policy_commitments.pipeline

test: lint types
	$(BIN)/pytest

accuracy: $(VENV)/.dev
	$(BIN)/python -m tests.accuracy --write README.md

peers: $(VENV)/.dev
	$(BIN)/python -m tests.peers.compare

bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench.flow
	$(BIN)/python -m tests.bench.others
	$(BIN)/python -m tests.bench.batches
	$(BIN)/python -m tests.bench.readers
	$(BIN)/python -m tests.bench.pdf

clean:
	rm -rf $(VENV) .links .mypy_cache .ruff_cache build dist *.egg-info
