# The five entries that a newcomer needs. uv is used where it is installed, otherwise venv and pip.
PYTHON ?= python3
WORKERS ?= 2
UV := $(shell command -v uv 2>/dev/null)
.PHONY: setup demo test check bench docs diff sbom

setup: .venv/.done
test: .venv-wheel/.done
	.venv-wheel/bin/python -m pytest -p no:cacheprovider -n $(WORKERS) --dist worksteal tests --pyargs comity

ifdef UV
.venv/.done: pyproject.toml uv.lock
	UV_PROJECT_ENVIRONMENT=.venv uv sync --quiet --frozen
	@touch $@
.venv-wheel/.done: pyproject.toml uv.lock $(shell find src -type f -not -path '*/__pycache__/*')
	UV_PROJECT_ENVIRONMENT=.venv-wheel uv sync --quiet --frozen --no-editable --reinstall-package comity
	@touch $@
else
.venv/.done: pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv/bin/python -m pip install --quiet --editable . --group dev
	@touch $@
.venv-wheel/.done: pyproject.toml $(shell find src -type f -not -path '*/__pycache__/*')
	$(PYTHON) -m venv --clear .venv-wheel
	.venv-wheel/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-wheel/bin/python -m pip install --quiet . --group dev
	@touch $@
endif

demo: setup
	.venv/bin/comity read examples/aachen.txt

check: setup
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/mkdocs build

docs: setup
	.venv/bin/mkdocs build

bench: setup
	.venv/bin/comity bench parser examples
	.venv/bin/comity bench read examples

# what the working tree reads otherwise than a revision does: BASE=HEAD~3 LIMIT=300 ARTICLES=folder
BASE ?= HEAD
LIMIT ?= 1500
diff: setup
	.venv/bin/python scripts/record_diff.py --base $(BASE) --limit $(LIMIT) $(ARTICLES)

sbom: setup
	.venv/bin/python scripts/bill_of_materials.py --output dist
