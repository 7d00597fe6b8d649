# make demo      the example as a PDF; needs python3 >= 3.11, no browser
# make test      all tests; brings a browser, PDF tools and PostgreSQL where it may, else says which tests are skipped
# make test-slow  what takes many minutes: a browser killed a hundred times
# make test-search  properties tried on examples nobody has seen yet, many of them
# make check     linters, types, the order of imports, the fonts' checksums
# make golden    rewrite the page traces in tests/golden
# make examples  every example as a PDF
# make monthly   the monthly example: invented data in messy workbooks, then the digest of one month
# make gallery   every kind of chart, in colour and as a grey print
# make bench     wall time by room

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet install
DEMO   := build/模范机关建设工作简报.pdf

.DEFAULT_GOAL := help
.PHONY: help demo test test-slow test-search check golden examples monthly gallery bench system-tools clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# make/make/p' Makefile

# --- what is asked for ------------------------------------------------------------------------------

demo: $(VENV)/installed
	@mkdir -p build
	$(BIN)/python -m digest build examples/mofan_jiguan -o "$(DEMO)"

test: $(VENV)/installed-test system-tools
	$(BIN)/python -m pytest -n 2

test-slow: $(VENV)/installed-test system-tools
	$(BIN)/python -m pytest -m stress

test-search: $(VENV)/installed-test system-tools
	$(BIN)/python -m pytest -n 2 --hypothesis-profile=search -k "not golden"

check: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/build_fonts.py --check
	$(BIN)/python scripts/build_chart_keys.py --check

golden: $(VENV)/installed-test
	$(BIN)/python -m pytest -q -k golden --rewrite-golden

examples: $(VENV)/installed examples/monthly/data
	@mkdir -p build
	@for project in examples/*/digest.toml; do \
	  folder=$$(dirname "$$project"); \
	  $(BIN)/python -m digest build "$$folder" -o "build/$$(basename "$$folder").pdf" || exit; \
	done

monthly: $(VENV)/installed examples/monthly/data
	@mkdir -p build
	$(BIN)/python -m digest build examples/monthly -o build/monthly.pdf

gallery: $(VENV)/installed
	$(BIN)/python examples/gallery/make_gallery.py build

bench: $(VENV)/installed
	$(BIN)/python benchmarks/whole_digest.py

clean:
	rm -rf build dist $(VENV)

# --- what that needs: a stamp for each step, so that nothing is installed twice ---------------------

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "需要 Python 3.11 或更新的版本：make demo PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "建不了虚拟环境；Debian、Ubuntu 上先装 python3-venv"; exit 2; }
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml
	$(PIP) --editable .
	$(BIN)/python -m compileall -q digest  # so that the first run is as fast as the second
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	$(PIP) --editable '.[test]'
	@touch $@

# What the offices of the monthly example send in; openpyxl writes their workbooks.
examples/monthly/data: $(VENV)/installed-test examples/monthly/make_data.py examples/monthly/invented_months.py
	$(BIN)/python examples/monthly/make_data.py
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-test
	$(PIP) --editable '.[test,dev]'
	@touch $@

# Tests look at the PDF with programs of others, and ask a server of their own. Without them the tests that need them are skipped, each saying so.
system-tools:
	@missing=; \
	command -v chromium >/dev/null || command -v google-chrome >/dev/null || missing="$$missing chromium"; \
	command -v pdffonts >/dev/null || missing="$$missing poppler-utils"; \
	command -v qpdf >/dev/null || missing="$$missing qpdf"; \
	command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$$missing postgresql"; \
	[ -z "$$missing" ] && exit 0; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "装测试要用的程序：$$missing"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null && exit 0; \
	  echo "没装上：$$missing；要用到它们的测试会跳过"; \
	else \
	  echo "缺$$missing，这里又不能用系统的软件包管理器安装（要 root 和 apt-get）；要用到它们的测试会跳过"; \
	fi
