# Everything runs out of .venv, which `.ci/bootstrap` makes and keeps in step with uv.lock.
# A strange PYTHONPATH or an active other environment must not leak into it.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV

VENV := .venv/bin
TINGJIAN := $(VENV)/tingjian

.DEFAULT_GOAL := help
.PHONY: help run test train evaluate check bench clean bootstrap
MAKEFLAGS += --no-print-directory

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.* ## /\1	/p' $(MAKEFILE_LIST) | while IFS='	' read -r name words; do \
	    printf '  make %-8s %s\n' "$$name" "$$words"; done

run: bootstrap ## Start chat and desk with a demo shop; installs, trains and migrates first if needed
	@TINGJIAN_DEMO=1 exec $(TINGJIAN) run --demo

test: bootstrap ## Run every test: the quick ones first, then real processes and a real browser (ARGS=… for pytest)
	@$(TINGJIAN) train
	@exec $(VENV)/python -m pytest $(ARGS)

train: bootstrap ## Train the assistant, if its data or configuration changed
	@exec $(TINGJIAN) train

evaluate: bootstrap ## Measure what is understood, against recorded floors (ARGS=--write: into docs/understanding.md too)
	@$(TINGJIAN) train
	@exec $(VENV)/python -m bot.brain.evaluation.measure $(ARGS)

check: bootstrap ## Check style, types, the direction of imports and Rasa's training data
	@.ci/check

bench: bootstrap ## Measure against a stock Rasa bot on this machine
	@$(TINGJIAN) train
	@exec $(VENV)/python -m tests.bench $(ARGS)

clean: ## Remove the environment, own tools and caches; keep the database and the models
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .rasa results htmlcov .coverage
	find bot actions tests -name __pycache__ -type d -prune -exec rm -rf {} +

bootstrap:
	@.ci/bootstrap
