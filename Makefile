# The verbs of this project. Each does its own set-up: `.venv` from requirements.lock, hashes checked.
# Another interpreter: make report PYTHON=python3.12

PYTHON ?= python3
UV ?= .venv/bin/uv
PORT ?= 8000
LAB ?=
BENCH ?=
TEST ?=
CHECK ?=
CHECK_BUILD ?= _build
RETRY ?=

PYTEST := .venv/bin/python -m pytest
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check --no-input
COMPILE := pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 --custom-compile-command "make lock" $(UPGRADE)

# What follows a pytest when RETRY is set, as CI does: tests that failed beside many others run once more, alone, and what
# fails twice is wrong. pytest ends with 1 when tests failed; whatever else ends a run (a crash, no tests) is final.
AGAIN = || { [ $$? = 1 ] && [ -n "$(RETRY)" ] && echo "=== failed at first, now once more and alone:" && \
	$(1) --numprocesses 0 --last-failed --last-failed-no-failures none --verbose; }

.DEFAULT_GOAL := report
.PHONY: report test stress check lint bench lab serve clean lock audit sbom licences python

report: .venv/installed  ## build the site and the PDF into _build/
	.venv/bin/baltic build

test: .venv/installed  ## run all tests; some: make test TEST="tests/analysis tests/cli"
	$(PYTEST) $(TEST) --numprocesses logical --dist loadscope --no-loadscope-reorder $(call AGAIN,$(PYTEST) $(TEST))

stress: .venv/installed  ## try for longer (half an hour) what the tests count, and write it into tests/README.md
	KILL_POINTS=50 BALTIC_FUZZ_CASES=1000 BALTIC_GUIDED_SECONDS=60 BALTIC_ALTERED_ANSWERS=1000 BALTIC_ALTERED_WORKBOOKS=100 \
		$(PYTEST) $$(grep -rlE 'record_figure|check_altered_cells' tests --include='test_*.py') \
		--numprocesses logical --dist loadscope --no-loadscope-reorder
	.venv/bin/python tools/write_test_figures.py

check: .venv/installed .venv-check/installed checks/node_modules/installed $(CHECK_BUILD)/site/index.html  ## outside checkers over what was built; some: make check CHECK="-k vnu"; elsewhere: CHECK_BUILD=DIR
	$(PYTEST) checks --build $(CHECK_BUILD) $(CHECK) --numprocesses logical \
		$(call AGAIN,$(PYTEST) checks --build $(CHECK_BUILD) $(CHECK))

lint: .venv/installed  ## style, then types
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

bench: .venv-bench/installed  ## measure against other tools; some rows: make bench BENCH="--rows edit noop"
	.venv-bench/bin/python -m bench $(BENCH)

lab: .venv/installed .venv-lab/installed  ## JupyterLab on the notebooks; options: make lab LAB=--no-browser
	.venv-lab/bin/jupyter lab $(LAB) notebooks

serve: .venv/installed  ## the site on http://localhost:$(PORT), built and loaded again with every edit
	.venv/bin/baltic serve --port $(PORT)

clean:  ## delete everything generated
	rm -rf _build

lock: .venv/installed  ## write the lock files and environment.yml from pyproject.toml; newer versions: UPGRADE=--upgrade
	$(UV) $(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	.venv/bin/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['lab'])" \
		| $(UV) $(COMPILE) --output-file requirements-lab.lock -
	$(UV) $(COMPILE) --extra bench --extra cluster --output-file requirements-bench.lock pyproject.toml
	.venv/bin/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['check'], sep='\n')" \
		| $(UV) $(COMPILE) --output-file requirements-check.lock -
	cd checks && npm install --package-lock-only --no-update-notifier > /dev/null
	.venv/bin/python tools/tidy_package_lock.py
	.venv/bin/python tools/write_environment.py

audit: .venv-check/installed  ## known weaknesses of what the lock files pin, as public databases list them today
	@command -v npm > /dev/null || { echo "make audit needs npm: apt-get install nodejs npm" >&2; exit 1; }
	@status=0; for lock in requirements*.lock; do echo "$$lock"; \
		.venv-check/bin/pip-audit --disable-pip --require-hashes --progress-spinner off --requirement $$lock || status=1; done; \
		echo checks/package-lock.json; (cd checks && npm audit --package-lock-only --no-update-notifier) || status=1; exit $$status

sbom: .venv-check/installed  ## write _build/sbom.cdx.json (CycloneDX): versions and hashes of what requirements.lock pins
	@mkdir -p _build
	.venv-check/bin/python -W ignore::UserWarning -m cyclonedx_py requirements --pyproject pyproject.toml \
		--output-reproducible --output-file _build/sbom.cdx.json requirements.lock

licences: .venv/installed  ## write LICENSES.md from what is installed
	.venv/bin/python tools/write_licences.py

_build/site/index.html: | .venv/installed
	.venv/bin/baltic build

python:  # is the interpreter one that works?
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "Python 3.11, 3.12 or 3.13 is needed; $(PYTHON) is another or missing. Say which: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || \
		{ echo "$(PYTHON) has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }

.venv/locked: requirements.lock
	@$(MAKE) --no-print-directory python
	$(PYTHON) -m venv --clear .venv
	.venv/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements.lock
	touch $@

.venv/installed: .venv/locked pyproject.toml
	.venv/bin/python $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	touch $@

# JupyterLab is kept out of .venv: with it there, every process that reads a notebook starts a second later.
.venv-lab/installed: requirements-lab.lock | .venv/installed
	$(PYTHON) -m venv --clear .venv-lab
	.venv-lab/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements-lab.lock
	.venv/bin/python -m ipykernel install --prefix .venv-lab --name python3 --display-name "The Baltic security calculus"
	touch $@

# The peers and this package in one environment, so that all of them start with the same libraries. The package comes as
# a wheel made for editing: there is no build back end here.
.venv-bench/installed: requirements-bench.lock pyproject.toml | .venv/installed
	$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements-bench.lock
	rm -rf _build/bench
	.venv/bin/python -m hatchling build --target wheel:editable --directory _build/bench
	.venv-bench/bin/python $(PIP_INSTALL) --no-deps --no-index --force-reinstall _build/bench/*.whl
	touch $@

# The checkers are kept out of .venv as well: none of them is needed to make the report.
.venv-check/installed: requirements-check.lock | .venv/installed
	$(PYTHON) -m venv --clear .venv-check
	.venv-check/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements-check.lock
	touch $@

# No browser is downloaded (Chromium is the machine's own), and no package runs a script of its own (checks/.npmrc).
checks/node_modules/installed: checks/package-lock.json checks/.npmrc
	@command -v npm > /dev/null || { echo "make check needs npm: apt-get install nodejs npm" >&2; exit 1; }
	cd checks && PUPPETEER_SKIP_DOWNLOAD=1 npm ci --no-update-notifier --loglevel error
	touch $@
