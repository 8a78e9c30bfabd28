# Everything happens in .venv, made from the locked dependencies; see CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
MODEL := .venv-model
BIN := $(VENV)/bin
DATA ?= ../shared/data

.PHONY: run test check unit test-model agreement benchmarks lock clean

run: $(VENV)/installed
	@$(BIN)/interviewer

test: check unit

check: $(VENV)/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interviewer bank check

unit: $(VENV)/installed
	$(BIN)/pytest

# A real small model on loopback, in an environment of its own; skipped where its packages do not install.
test-model: $(VENV)/installed
	@test -e $(MODEL)/installed || $(MAKE) --no-print-directory $(MODEL)/installed || echo "the model's packages do not install here"
	$(BIN)/pytest -m model -rs tests/llm/test_real_model.py

$(MODEL)/installed: requirements/model.lock
	$(PYTHON) -m venv $(MODEL)
	$(MODEL)/bin/python -m pip install --quiet --no-deps --require-hashes -r requirements/model.lock
	touch $@

# How far the offline graders agree with people; writes the figures that the report cites.
agreement: $(VENV)/installed
	$(BIN)/python -m training.rubric.bank
	$(BIN)/python -m training.reference.agreement $(DATA)

benchmarks: $(VENV)/installed
	$(BIN)/python -m benchmarks

$(VENV)/installed: requirements/dev.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; try make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# Needs uv on the PATH. The lock holds hashes and names no host.
lock:
	uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --group dev pyproject.toml -o requirements/dev.lock

clean:
	rm -rf $(VENV) $(MODEL) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
