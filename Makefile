# Needs python3 (3.11 or later) and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CURATED ?= curated
RKT_SAMPLES ?=
ifneq ($(RKT_SAMPLES),)
export RKT_SAMPLES
endif

# uv installs in seconds what takes pip over a minute; where uv does not run, pip does the same work. Compiled here,
# because every reader process would compile 800 modules anew where Python may not write them.
install = $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r $(1) \
	|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)

.PHONY: setup setup-dev setup-s3 setup-dask setup-ray demo test test-long lint format test-server bench score clean

setup: $(VENV)/.run-stamp

setup-dev: $(VENV)/.dev-stamp

$(VENV)/.python-stamp: requirements-uv.lock
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "rkt needs Python 3.11 or later; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock \
		|| echo "uv is not to be had here: pip installs instead, which takes longer"
	touch $@

$(VENV)/.run-stamp: $(VENV)/.python-stamp requirements.lock pyproject.toml
	$(call install,requirements.lock)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev-stamp: $(VENV)/.run-stamp requirements-dev.lock
	$(call install,requirements-dev.lock)
	touch $@

# Reading on a cluster: docs/operations.md, "On a cluster".
setup-dask: $(VENV)/.dask-stamp

setup-ray: $(VENV)/.ray-stamp

$(VENV)/.dask-stamp $(VENV)/.ray-stamp: $(VENV)/.%-stamp: $(VENV)/.run-stamp requirements-%.lock
	$(call install,requirements-$*.lock)
	touch $@

# For addresses with s3://: s3fs.
setup-s3: $(VENV)/.s3-stamp

$(VENV)/.s3-stamp: $(VENV)/.run-stamp requirements-s3.lock
	$(call install,requirements-s3.lock)
	touch $@

# The S3-compatible server of the tests has an environment of its own: it and s3fs want other versions of botocore.
$(VENV)/.s3-server-stamp: $(VENV)/.python-stamp requirements-s3-server.lock
	$(PYTHON) -m venv $(VENV)/s3-server
	$(BIN)/uv pip install --quiet --python $(VENV)/s3-server/bin/python --require-hashes -r requirements-s3-server.lock \
		|| $(VENV)/s3-server/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes \
			-r requirements-s3-server.lock
	touch $@

test-server: $(VENV)/.s3-stamp $(VENV)/.s3-server-stamp

demo: setup
	$(BIN)/rkt ingest raw --curated $(CURATED)
	$(BIN)/rkt query --curated $(CURATED) "SELECT tahun, program, baris AS sub_kegiatan, pagu FROM v_pagu_program ORDER BY tahun, pagu DESC"

lint: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schemas.dictionary --check
	$(BIN)/python -m pipeline.checks.document --check

format: setup-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: lint test-server
	$(BIN)/pytest -n 2 --dist loadgroup -m "not long"

test-long: lint test-server setup-dask setup-ray
	$(BIN)/pytest

bench: setup-dev
	$(BIN)/python -m benchmarks

# Reads every sample, scores those with a truth file, and writes docs/accuracy.md.
score: setup
	@test -n "$(RKT_SAMPLES)" || { echo "Set RKT_SAMPLES to the folder with the samples and score.py." >&2; exit 2; }
	$(BIN)/python -m benchmarks.scoreboard

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache
