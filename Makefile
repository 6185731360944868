# Every task that a person runs; `make help` lists them.
#
# Whatever is given as NAME=value is data. It reaches the programs through the environment, as it
# was typed; make never expands it, and no recipe holds it.
$(foreach v,$(.VARIABLES),$(if $(filter command,$(origin $v)),\
$(eval override $v := $$(value $v))$(eval export $v)))

# scripts/bootstrap.py makes the environment where it is missing, and runs the command in it.
# It runs in any Python 3; PYTHON=python3.12 names the one that the environment is made with.
# A link that leads nowhere, as a copied or outdated environment leaves it, is no Python.
override HOST_PYTHON = $(or $(shell \
	for one in .venv/bin/python .venv/Scripts/python.exe; do \
	[ -f "$$one" ] && [ -x "$$one" ] && echo "$$one" && exit; done; \
	command -v python3 || command -v python3.13 || command -v python3.12 || \
	command -v python3.11 || command -v python),$(error \
	未找到 Python。请先安装 Python 3.11、3.12 或 3.13。 Install Python 3.11, 3.12 or 3.13 first))
override WITH = '$(HOST_PYTHON)' -E -S scripts/bootstrap.py

override VERBS := report reports check import templates remind ledger demonstration verify word pdf approve publish diff serve
override TASKS := $(VERBS) archive cluster help setup lab test lint bench catalogue plans methods lock wheelhouse clean

.DEFAULT_GOAL := help
.PHONY: $(TASKS)

help: ## 列出全部任务 | List every task
	@awk -F ' *## | [|] ' '/^[a-z]+:.*##/ { \
		text = ENVIRON["LOCALE"] == "en" ? $$3 : $$2; sub(/:.*/, "", $$1); \
		printf "make %-14s %s\n", $$1, text }' Makefile

# Nothing that was typed stands in the recipe: only make's own words would name it.
.DEFAULT:
	@echo '没有这个命令；make help 列出全部命令。 There is no such command; make help lists them all.' >&2; exit 2

report: ## 生成一份报告：DISTRICT=hailing YEAR=2018 [AS_OF=2018-09-30] [LOCALE=en] [DRAFT=1] [EDITION=public] | Make one report: DISTRICT=hailing YEAR=2018 [AS_OF=2018-09-30] [LOCALE=en] [DRAFT=1] [EDITION=public]
reports: ## 批量生成报告：DISTRICTS=all YEARS=2016-2018 [SCHEDULER=tcp://主机:8786 STORE=共享文件夹或s3://桶] | Make many reports: DISTRICTS=all YEARS=2016-2018 [SCHEDULER=tcp://host:8786 STORE=shared folder or s3://bucket]
check: ## 只校验数据，列出有问题的行：DISTRICT=hailing YEAR=2018 | Validate the data only and list the rows at fault
import: ## 导入监测数据：SOURCE=cnemc FROM=文件 DISTRICT=hailing YEAR=2019 | Bring data in: SOURCE=cnemc FROM=files DISTRICT=hailing YEAR=2019
templates: ## 生成各部门的空白填报表和某月的调度表：DISTRICT=hailing YEAR=2018 [PERIOD=2018-06] | Make the tables that departments fill in, and a month's progress: DISTRICT=hailing YEAR=2018 [PERIOD=2018-06]
remind: ## 列出某月未报送的单位，写出催报单：DISTRICT=hailing YEAR=2018 PERIOD=2018-06 | List who has not reported in a month, write letters: DISTRICT=hailing YEAR=2018 PERIOD=2018-06
ledger: ## 整理佐证台账，写出总目录：DISTRICT=hailing YEARS=2015-2017 | Make the ledger of evidence and its index: DISTRICT=hailing YEARS=2015-2017
demonstration: ## 重新生成演示数据 | Make the demonstration data anew
word: ## 生成 Word 文件：DISTRICT=hailing YEAR=2018 KIND=annual|self-assessment|bulletin [AS_OF=Q1] | Make a Word document: DISTRICT=hailing YEAR=2018 KIND=annual|self-assessment|bulletin [AS_OF=Q1]
pdf: ## 把整份报告打印成一个 PDF（需 Chromium、Chrome 或 Edge）：DISTRICT=hailing YEAR=2018 | Print the whole report as one PDF (needs Chromium, Chrome or Edge)
verify: ## 核对已生成的报告：DISTRICT=hailing YEAR=2018 | Verify a report that was made
approve: ## 记录编制、审核、签发：DISTRICT=hailing YEAR=2018 COMPILED_BY=… CHECKED_BY=… RELEASED_BY=… | Record who drew up, checked and released: DISTRICT=hailing YEAR=2018 COMPILED_BY=name CHECKED_BY=name RELEASED_BY=name
publish: ## 发布全部已签发的报告和网站，或其中一份：TARGET=文件夹或用户@主机:路径 [DISTRICT=hailing YEAR=2018] [WHY_REVISED=…] | Publish all approved reports and the site, or one of them: TARGET=folder or user@host:path [DISTRICT=hailing YEAR=2018] [WHY_REVISED=text]
diff: ## 与上次发布的版本或另一年相比：DISTRICT=hailing YEAR=2018 [AGAINST=2017] | Compare with what was published last, or with another year: DISTRICT=hailing YEAR=2018 [AGAINST=2017]
serve: ## 在本机浏览器中查看网站 [TARGET=文件夹] [PORT=8000] | Show the site in the browser on this machine [TARGET=folder] [PORT=8000]
$(VERBS):
	@$(WITH) run $(if $(value SCHEDULER),cluster )-- -m ecoreport $@

archive: ## 读入全国公开空气存档的一年：FROM=文件夹 YEAR=2019 | Take in a year of the whole country's air archive: FROM=folder YEAR=2019
	@$(WITH) run archive -- -m ecoreport archive

cluster: ## 在本机启动调度器和工作进程，供多机运行试用 [WORKERS=2] [HOST=127.0.0.1] [PORT=8786] | Start a scheduler and workers on this machine, to try with [WORKERS=2] [HOST=127.0.0.1] [PORT=8786]
	@$(WITH) run cluster -- -m ecoreport cluster

lab: ## 更新结论并打开 JupyterLab [DISTRICT=hailing YEAR=2018] | Bring judgements up to date, open JupyterLab
	@DISTRICT="$${DISTRICT:-hailing}" YEAR="$${YEAR:-2018}" $(WITH) run lab -- -m ecoreport prepare
	@$(WITH) run lab -- -m jupyterlab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks

setup: ## 安装全部依赖组（运行、lab、开发）[PYTHON=python3.12] | Install all groups: run, lab, dev [PYTHON=python3.12]
	@$(WITH) run lab dev

test: ## 运行测试 [PYTEST_ARGS="-k air"] | Run the tests [PYTEST_ARGS="-k air"]
	@PYTEST_ADDOPTS="$$PYTEST_ADDOPTS $$PYTEST_ARGS" $(WITH) run dev -- -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: ## 检查代码和笔记本 | Check the code and the notebooks
	@$(WITH) run dev -- -m ruff check
	@$(WITH) run dev -- -m ruff format --check
	@$(WITH) run dev -- -m mypy
	@$(if $(wildcard notebooks/*.ipynb),$(WITH) run dev -- -m nbstripout --verify notebooks/*.ipynb)

bench: ## 测量用时，与手工流程比较 [ONLY=report|costs|charts|batch] [RUNS=3] | Measure, against the same work done by hand [ONLY=report|costs|charts|batch] [RUNS=3]
	@$(WITH) run dev -- -m benchmarks

catalogue: ## 更新英文译文目录 | Bring the English message catalogue up to date
	@$(WITH) run dev -- scripts/catalogue.py

plans: ## 更新文档中的方案一览 | Bring the documentation's lists of the plans up to date
	@$(WITH) run dev -- scripts/plans.py

methods: ## 更新文档中的计算方法 | Bring the documentation's pages on methods up to date
	@$(WITH) run dev -- scripts/methods.py

lock: ## 按 pyproject.toml 更新固定版本 [UPGRADE=1] | Renew the pins from pyproject.toml [UPGRADE=1]
	@$(WITH) run dev -- scripts/lock.py

wheelhouse: ## 打包全部依赖供离线安装 [PLATFORM=windows-amd64] [PYTHON_VERSION=3.12] | Pack all packages for a machine without network
	@$(WITH) run -- scripts/wheelhouse.py

# What people edited in Word, in the folders `documents`, cannot be made again.
clean: ## 删除可重新生成的文件（不动 data/raw、佐证台账和 documents 中的 Word、PDF） | Remove what can be made again (never data/raw, ledgers, nor Word and PDF in documents)
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build/lib
	@find data/processed -mindepth 1 ! -type d ! -path data/processed/README.md ! -name evidence.json -exec rm -f {} + 2>/dev/null || true
	@find reports -mindepth 1 ! -type d ! -path reports/README.md ! -path '*/documents/*' -exec rm -f {} + 2>/dev/null || true
	@find data/processed reports -mindepth 1 -depth -type d -exec rmdir {} + 2>/dev/null || true
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
