# The commands that stay as they are (DESIGN section 8). `make` alone lists them.
# Set-up is part of each: uv in a venv of its own (.uv), then the locked dependencies into .venv.

PYTHON ?= python3
UV_VERSION := 0.13.9
ARGS ?=

# Trust what this machine trusts: uv's own roots do not know a company's or a CI's authority.
export UV_SYSTEM_CERTS ?= true
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
export PIP_DISABLE_PIP_VERSION_CHECK := 1
unexport VIRTUAL_ENV

PY := .venv/bin/python
UV := .uv/bin/uv
UV_READY := .uv/ready-$(UV_VERSION)
RUNTIME_READY := .venv/ready-runtime
ALL_READY := .venv/ready-all

.PHONY: help demo run test check bench chaos format clean
.DELETE_ON_ERROR:

help:
	@echo 'make demo    把 2019-10-20 至 11-23 五周重放一遍   replay five weeks on this machine'
	@echo 'make run     网站、任务与节拍，一条命令            web, worker and beat in one process tree'
	@echo 'make test    全部测试，两种数据库                  every test, on SQLite and PostgreSQL (ARGS=… for a few)'
	@echo 'make check   格式、类型、导入规则、模板            formatting, types, import rules, templates'
	@echo 'make bench   与同类软件并排测速                    every benchmark beside its peers (ARGS=poll for one)'
	@echo 'make chaos   真杀进程、断库、拨钟，数有没有丢      real kills and faults; counts what was lost'
	@echo 'make format  按格式改写                            rewrite to format'
	@echo 'make clean   删去装好的与跑出来的                  remove what was installed and made (keeps nothing)'

demo: $(RUNTIME_READY)
	@$(PY) -m demo $(ARGS)

run: $(RUNTIME_READY)
	@KUAIXUN_VAR="$${KUAIXUN_VAR:-$(CURDIR)/var/run}" exec $(PY) manage.py run $(ARGS)

test: $(ALL_READY)
	@$(PY) -m tests $(ARGS)

check: $(ALL_READY)
	@$(PY) -m tests.guards

# The peers are installed for this alone; what `make test` needs stays.
bench: $(RUNTIME_READY)
	@$(UV) sync --quiet --frozen --inexact --group bench
	@$(PY) -m bench $(ARGS)

# Needs PostgreSQL and Redis as the tests do, and root for the disk that fills up.
chaos: $(ALL_READY)
	@$(PY) -m tests.chaos $(ARGS)

format: $(ALL_READY)
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

clean:
	rm -rf .venv .uv var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── set-up ────────────────────────────────────────────────────────────────────────────────

# --inexact: leaves the tools of `make test` where they are.
$(RUNTIME_READY): uv.lock pyproject.toml | $(PY)
	@$(UV) sync --quiet --frozen --inexact --no-default-groups --group demo
	@touch $@

$(ALL_READY): uv.lock pyproject.toml | $(PY)
	@$(UV) sync --quiet --frozen --inexact
	@touch $(RUNTIME_READY) $@

# Made once, with the Python that was asked for: `sync --python` would make it anew each time.
$(PY): | $(UV_READY)
	@$(UV) venv --quiet --allow-existing --python "$$(command -v $(PYTHON))" .venv

$(UV_READY):
	@command -v $(PYTHON) >/dev/null || { \
	  echo '找不到 $(PYTHON)。请安装 Python 3.11 以上：apt-get install python3 python3-venv' >&2; \
	  echo '$(PYTHON) not found. Install Python 3.11 or later: apt-get install python3 python3-venv' >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 以上，这里是 $$($(PYTHON) -V)。可用 make PYTHON=python3.12 … 指定另一个。" >&2; \
	  echo "Python 3.11 or later is needed, this is $$($(PYTHON) -V). Name another with make PYTHON=python3.12 …" >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo '缺少 venv 模块。Debian/Ubuntu：apt-get install python3-venv' >&2; \
	  echo 'The venv module is missing. Debian/Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	@rm -rf .uv
	@$(PYTHON) -m venv .uv
	@.uv/bin/pip install --quiet uv==$(UV_VERSION)
	@touch $@
