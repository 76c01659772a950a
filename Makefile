# Two commands are all a newcomer needs: `make run` and `make test`.
# `make test LINES=all` is what has to be green before a change is taken.
PYTHON ?= python3
VENV := .venv
UV_VERSION := 0.13.8
BIN := $(VENV)/bin

# on which networks stories are told: `one` (each on one, contract stories on all), `all` (`one`, then `rest`), or a network's name
LINES := one
export DOITHOAI_TEST_LINES = $(LINES)
# what was compiled is kept, whatever the machine says: each of the runs, workers and processes would compile all of it anew
unexport PYTHONDONTWRITEBYTECODE
# one more than there are cores: one of them always waits for a browser, a database or a process that starts
WORKERS := -n $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)') --dist loadgroup

.PHONY: run setup quick test check bench soak migration format clean

run: setup ## serve the demo at http://127.0.0.1:8080/
	$(BIN)/doithoai run --demo

setup: $(VENV)/.ready

# The lock file decides every version; uv itself is put into the same environment, so nothing is asked of the machine.
# An environment without pip is what Debian leaves where python3-venv is missing: it is made anew.
$(VENV)/.ready: pyproject.toml uv.lock
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet uv==$(UV_VERSION)
	$(BIN)/uv sync --frozen --inexact --quiet --compile-bytecode --python $(BIN)/python
	touch $@

quick: setup ## a first answer within a minute: what needs no database, and the contract stories once
	$(BIN)/python -m pytest $(WORKERS) -m quick

test: setup ## everything, each story once; LINES=all: each on every network, measured, processes that die, the worst day, the gates, make check
ifeq ($(LINES),all)
	log=$$(mktemp); $(MAKE) --no-print-directory check >"$$log" 2>&1 & checking=$$!; \
	DOITHOAI_TEST_LINES=once $(BIN)/python -m pytest $(WORKERS) -p tests.support.measured && \
	$(BIN)/python -m tests.support.coverage_gates && \
	DOITHOAI_TEST_LINES=rest $(BIN)/python -m pytest $(WORKERS); tested=$$?; \
	wait $$checking; checked=$$?; cat "$$log"; rm "$$log"; exit $$((tested ? tested : checked))
else
	$(BIN)/python -m pytest $(WORKERS)
endif

check: setup ## style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

BENCHMARKS := benchmarks $(addprefix benchmarks.,message memory commands sweep desk fanout similar risk audit sending strangers readers)
bench: setup ## speed and memory, as ratios against a baseline in the same run; all of them, whichever misses its goal
	@missed=; for one in $(BENCHMARKS); do echo "$$one"; $(BIN)/python -m $$one || missed="$$missed $$one"; done; \
	[ -z "$$missed" ] || { echo "not within their goals, or broken:$$missed"; exit 1; }

soak: setup ## some minutes of the worst day on each database: overload, failing network, no database, full disk, kills; a failover
	$(BIN)/python -m tests.support.soaking
	$(BIN)/python -m tests.support.failover

migration: setup ## the next migration, from the tables in the code
	$(BIN)/python -m tests.support.new_migration "$(NAME)"

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) var
