# What a person asks of this project. `make help` lists it.
STACK  ?= rehearsal
PYTHON := .venv/bin/python
export PYTHONDONTWRITEBYTECODE = 1

.DEFAULT_GOAL := help
.PHONY: docs help setup up preview down env api status lanes check backend test lint bench catalogue limits rules mutation clean lock alerts alert-test

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## install everything: Python packages, host tools, the Pulumi engine
	@tools/setup.sh
	@$(PYTHON) -m rehearsal setup

up: setup ## deploy a stack into the rehearsal: make up STACK=us-prod; LOST=us-ashburn-1 without a region; DETAIL=1, VERBOSE=1
	@$(PYTHON) -m rehearsal up --stack $(STACK) $(if $(LOST),--lost $(LOST))

preview: setup ## show what a stack would become, with the policy pack on; BASE=main: what this change makes of it; AT=2027-01-23: that day
	@$(PYTHON) -m rehearsal preview --stack $(STACK) $(if $(LOST),--lost $(LOST)) $(if $(AT),--at $(AT)) $(if $(BASE),--base $(BASE)) $(if $(HEAD),--head $(HEAD))

down: ## destroy what is up and leave nothing; only one stack with STACK=...
	@tools/setup.sh
	@$(PYTHON) -m rehearsal down $(if $(filter command line environment,$(origin STACK)),--stack $(STACK))

env: ## shell lines for plain pulumi commands: eval "$(make -s env)"
	@tools/setup.sh >&2
	@$(PYTHON) -m rehearsal env

api: ## shell lines for Oracle's SDK and CLI, boto3 and the like: eval "$(make -s api)"
	@tools/setup.sh >&2
	@$(PYTHON) -m rehearsal api

status: ## stacks and their age, hosts, lanes, the door, faults on order
	@if [ -x $(PYTHON) ]; then $(PYTHON) -m rehearsal status; \
	  else echo "nothing is set up here; \`make up\` deploys the rehearsal, and installs what it needs"; fi

lanes: ## every lane of the boundary, how long it is open and whose it is
	@tools/setup.sh
	@$(PYTHON) -m rehearsal lanes

alerts: ## what is open: the worst first, and the oldest of those
	@tools/setup.sh
	@$(PYTHON) -m assurance.alerts list

alert-test: ## send one alert through every route of stacks/alerts.yaml, with the result of each
	@tools/setup.sh
	@$(PYTHON) -m assurance.alerts test

check: setup ## judge the last state of a stack, and the program's source, by the boundary: make check STACK=us-prod
	@state="$${STATESIDE_REHEARSAL:-.rehearsal}/state/.pulumi/stacks/stateside/$(STACK).json"; \
	  test -f "$$state" || { echo "✗ there is no state of $(STACK); deploy it first: make up STACK=$(STACK)" >&2; exit 2; }; \
	  eval "$$($(PYTHON) -m rehearsal env 2>/dev/null)"; \
	  pulumi stack export --show-secrets -s $(STACK) | $(PYTHON) -m policies.check --state /dev/stdin --program infra

backend: ## make and check the bucket of a stack's state at Oracle, and show how to log in: make backend STACK=us-prod
	@tools/setup.sh >&2
	@$(PYTHON) -m backend --stack $(STACK)

test: setup $(if $(TIER)$(ONLY),,lint) ## every test; one tier with TIER=unit|policies|breaches|rehearsal|hosts, or a path with ONLY=tests/unit/iam
	@$(PYTHON) -m tests.run $(if $(ONLY),--only $(ONLY)) $(if $(TIER),--tier $(TIER))

lint: ## ruff, mypy and the import rules
	@tools/setup.sh
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@PYTHONPATH=. .venv/bin/lint-imports --no-cache

bench: setup ## measure, and write docs/benchmarks.md; one part with ONLY=production
	@$(PYTHON) -m tests.benchmarks $(ONLY)

docs: setup ## write the documents that the program and the pack write themselves
	@$(PYTHON) -m tests.documents

catalogue: ## compare the policies' catalogue with the installed provider package; RECORD=1 writes what is new
	@$(PYTHON) -c "import json, provider_schema as p; print(json.dumps({t: p.argument_paths(t) for t in p.resource_tokens()}))" \
	  | $(PYTHON) -m policies.catalogue $(if $(RECORD),--record)

limits: setup ## compare the data of Oracle's limits on arguments with the installed provider package
	@$(PYTHON) -m provider_schema.limit_comparison

mutation: setup ## try to kill every small fault in the rules, and write docs/mutation.md; a part with ONLY=changed or ONLY=judge
	@$(PYTHON) -m tests.mutation $(if $(ONLY),--only $(ONLY))

rules: ## write docs/rules.md from policies/rules/rules.yaml
	@$(PYTHON) -m policies.rules >docs/rules.md.partial && mv docs/rules.md.partial docs/rules.md

lock: ## write requirements/*.txt anew from requirements/*.in
	@tools/lock.sh

clean: ## make down, then remove what setup made here (the per-user cache stays)
	@test ! -x $(PYTHON) || $(PYTHON) -m rehearsal down
	@rm -rf .venv .rehearsal .mypy_cache .ruff_cache .import_linter_cache *.egg-info
