# Entente: everything that is done to this tree has a name here; "make" alone lists them.
#
# Go is all that a build needs. With Node.js the program also carries the playground; without it the program
# serves a page that says how to build the rest. Tests want all of it: Node.js, a C compiler for the race
# detector, and Chromium, which "make test" installs where it may.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# What may be set on the command line, as in "make fuzz FUZZTIME=10m".
ARGS ?=
PKG ?= ./...
FUZZTIME ?= 30s
BENCHTIME ?= 1s
RAPID_CHECKS ?= 2000
SOAK_TIMEOUT ?= 3h
BENCH_PACKAGES ?= ./graph/...
RELATIONS ?= 1000000
ENTENTE_POSTGRES ?=
export ENTENTE_POSTGRES

GOLANGCI_LINT_VERSION := v2.15.0
GOLANGCI_LINT := .tools/golangci-lint-$(GOLANGCI_LINT_VERSION)

# Only the program itself is stamped with its commit, and only where git can read the tree: a checkout that
# belongs to somebody else, or one without git, must still build.
STAMP := $(shell git rev-parse -q --verify HEAD >/dev/null 2>&1 && git status --porcelain >/dev/null 2>&1 && echo true || echo false)
export GOFLAGS := $(strip $(filter-out -buildvcs=%,$(GOFLAGS)) -buildvcs=false)

# Empty where Node.js is missing or too old for the build of web/.
NPM := $(shell node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || a == 20 && b >= 19 ? 0 : 1)' 2>/dev/null && command -v npm)
NO_NPM := no Node.js 20.19 or later with npm is here
CHROMIUM := $(firstword $(shell command -v chromium chromium-browser google-chrome headless-shell))

WEB_SOURCES := $(shell find web \( -name node_modules -o -name dist -o -name '*.go' \) -prune -o -type f -print 2>/dev/null)
# npm writes this file itself, at the end of an install.
WEB_INSTALLED := web/node_modules/.package-lock.json
# The stamp lies beside the installed packages, not in web/dist, all of which is embedded into the program.
WEB_BUILT := web/node_modules/.entente-built
# A bundle that was deleted by hand is built again, whatever its stamp says.
WEB_MISSING := $(if $(shell find web/dist/assets -type f -print -quit 2>/dev/null),,web-missing)

.PHONY: help
help: ## list the targets
	@echo 'make TARGET, where TARGET is one of'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

.PHONY: build
build: $(if $(NPM),web) ## build bin/entente, with the playground in it if Node.js is here
	@$(if $(NPM),:,echo 'make build: $(NO_NPM), so bin/entente comes without the playground')
	CGO_ENABLED=0 go build -trimpath -buildvcs=$(STAMP) -o bin/entente .

.PHONY: web web-missing
web: $(WEB_BUILT) ## build the playground into web/dist, if its sources are newer

$(WEB_INSTALLED): web/package.json web/package-lock.json
	@test -n '$(NPM)' || { echo 'the build of web/ cannot run: $(NO_NPM)' >&2; exit 1; }
	cd web && npm ci --no-audit --no-fund
	@touch $@

$(WEB_BUILT): $(WEB_INSTALLED) $(WEB_SOURCES) $(WEB_MISSING)
	cd web && npm run build
	@touch $@

.PHONY: serve
serve: build ## build, then serve; ARGS='--addr 127.0.0.1:9090' is passed on
	bin/entente serve $(ARGS)

# -count=1: a result out of the cache says nothing about a browser, a disk or a clock.
.PHONY: test
test: compiler browser web ## run every test, the browser's too, with the race detector
	go test -race -count=1 -timeout 20m $(PKG)

.PHONY: compiler
compiler:
	@command -v "$$(go env CC | cut -d' ' -f1)" >/dev/null || { echo 'make test: the race detector needs a C compiler; install gcc and libc6-dev' >&2; exit 1; }

# The tests look for the same names on the path.
.PHONY: browser
browser:
	@if [ -n '$(CHROMIUM)' ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo 'make test: installing chromium, which the browser tests drive'; \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core; \
	else echo 'make test: the browser tests need Chromium; install it (Debian: apt-get install chromium)' >&2; exit 1; fi

.PHONY: lint
lint: $(GOLANGCI_LINT) $(if $(NPM),$(WEB_INSTALLED)) ## check format, vet, linters, modules and the types of web/
	$(GOLANGCI_LINT) run
	go vet ./...
	go mod verify
	go mod tidy -diff
	$(if $(NPM),cd web && npm run --silent check,@echo 'make lint: $(NO_NPM), so the types of web/ were not checked')

.PHONY: fmt
fmt: $(GOLANGCI_LINT) ## rewrite the Go files as gofumpt wants them
	$(GOLANGCI_LINT) fmt

# The name holds the version, so that another version is another file.
$(GOLANGCI_LINT):
	@echo 'installing golangci-lint $(GOLANGCI_LINT_VERSION) into .tools (some two minutes on a fresh machine)'
	@mkdir -p .tools
	GOBIN=$(CURDIR)/.tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_LINT_VERSION)
	@mv .tools/golangci-lint $@

.PHONY: bench
bench: ## run the benchmarks and measure the questions; the figures go to bench.txt too
	{ go test -run '^$$' -bench . -benchmem -benchtime $(BENCHTIME) -timeout 1h $(BENCH_PACKAGES) && go run . bench $(ARGS); } | tee bench.txt

# The server is one of its own, in a temporary folder, and gone afterwards.
.PHONY: bench-postgres
bench-postgres: ## ask PostgreSQL (ENTENTE_POSTGRES=its folder of programs) and the API the same questions about RELATIONS relations
	@test -x '$(ENTENTE_POSTGRES)/initdb' || { echo 'make bench-postgres: set ENTENTE_POSTGRES to the folder that has initdb and pg_ctl, such as /usr/lib/postgresql/15/bin' >&2; exit 1; }
	go test -run '^TestPostgres$$' -count=1 -v -timeout 1h ./bench -relations $(RELATIONS) -draws 120 -rounds 5

# Only a test binary that has rapid in it knows its flag; the others would refuse it. The campaigns of the root package run
# processes and measure, so they go without the race detector, which is in "make test"; their results are lines of the log.
.PHONY: soak
soak: compiler ## run the campaigns in their long form (RAPID_CHECKS, SOAK_TIMEOUT)
	@tested=$$(go list -test -f '{{.ImportPath}} {{join .Deps " "}} ' ./... | awk '$$1 ~ /\.test$$/'); \
	rapid=$$(awk '/ pgregory.net\/rapid / { print substr($$1, 1, length($$1) - 5) }' <<<"$$tested"); \
	root=$$(go list .); \
	other=$$(awk -v root="$$root" '!/ pgregory.net\/rapid / { p = substr($$1, 1, length($$1) - 5); if (p != root) print p }' <<<"$$tested"); \
	export ENTENTE_SOAK=1; set -x; \
	go test -race -count=1 -timeout $(SOAK_TIMEOUT) $${rapid:?no package uses rapid} -rapid.checks=$(RAPID_CHECKS); \
	go test -race -count=1 -timeout $(SOAK_TIMEOUT) $${other:?no package is without rapid}; \
	go test -v -count=1 -timeout $(SOAK_TIMEOUT) .

# Go fuzzes one target of one package at a time.
.PHONY: fuzz
fuzz: ## fuzz each target for FUZZTIME
	@grep -rn --include='*_test.go' --exclude-dir=node_modules -o '^func Fuzz[A-Za-z0-9_]*' . | sort | \
	while IFS=: read -r file _ func; do \
		name=$${func#func }; dir=$$(dirname "$$file"); echo "== $$name in $$dir for $(FUZZTIME)"; \
		go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$dir" </dev/null; \
	done

.PHONY: clean
clean: ## delete what was built; what was fetched stays, and so does the data in var/
	rm -rf bin bench.txt $(WEB_BUILT)
	find web/dist -mindepth 1 ! -name .keep -delete
