# make demo      installs what is missing, builds, and plays the whole story against a simulated provider
# make test      the same, then every test that must pass before a change lands
# make test-all  and the heavy ones: more kills, larger mailboxes, fuzzing, sanitizers, a soak, the demo
# make deb       a Debian package in dist/, of the release build
# make container  a container image of it
# make bench     benchmarks, as ratios against a limit measured in the same run
SHELL := /bin/bash
.DEFAULT_GOAL := help

BUILD_PACKAGES = libssl-dev libsqlite3-dev zlib1g-dev pkg-config
TEST_PACKAGES = dovecot-imapd dovecot-lmtpd libsasl2-modules postfix openssl python3 nodejs node-typescript \
  python3-venv curl netcat-openbsd golang-go systemd chromium
BENCH_PACKAGES = libgmime-3.0-dev
HEAVY_PACKAGES = debootstrap prometheus $(PACKAGING)
PACKAGING = binutils dpkg-dev
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SWIFT ?= swift

.PHONY: help deps test-deps bench-deps heavy-deps build release generate check-generated lint deb container demo test test-all bench

help:
	@sed -n '1,/^SHELL/{s/^# //p}' Makefile

# Installs only what dpkg does not have; services that come with a package are not started.
define install
	@missing=""; for p in $(1); do dpkg -s $$p 2>/dev/null | grep -q '^Status: install ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing"; \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get update -qq && \
	  $(SUDO) env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

deps:
	$(call install,$(BUILD_PACKAGES))

# Cyrus is unpacked beside the build: its package cannot be installed together with Dovecot's.
test-deps: deps
	$(call install,$(TEST_PACKAGES))
	@[ -n "$$POSTROOM_NO_SERVERS" ] || Tests/IntegrationTests/Servers/imap-servers fetch .build

bench-deps: test-deps
	$(call install,$(BENCH_PACKAGES))

heavy-deps: test-deps
	$(call install,$(HEAVY_PACKAGES))

build: deps
	$(SWIFT) build

# Swift's runtime goes into the programs: they need only what Debian has.
release: deps
	$(SWIFT) build -c release --static-swift-stdlib --product postroomd
	$(SWIFT) build -c release --static-swift-stdlib --product postroom

deb: release
	$(call install,$(PACKAGING))
	packaging/build-deb

# An image, by buildah, podman or docker.
container: deb
	packaging/container/build

generate: deps
	$(SWIFT) run stubgen --write

lint:
	$(SWIFT) format lint --strict --recursive --parallel --configuration .swift-format Package.swift Sources Tests clients/swift examples/swift

demo: release
	.build/release/postroom demo

test: test-deps lint
	$(SWIFT) build --build-tests
	.build/debug/stubgen --check
	.build/debug/stubgen --compatible
	clients/run-tests
	clients/run-conformance
	Tests/docs
	Tests/examples
	Tests/container
	clients/swift/documentation
	SWIFT=$(SWIFT) Tests/run

test-all: test release heavy-deps
	POSTROOM_HEAVY=1 SWIFT=$(SWIFT) Tests/run MIMETests MailEngineTests IntegrationTests
	Tests/fuzz all 60
	SWIFT=$(SWIFT) Tests/sanitize
	SWIFT=$(SWIFT) Tests/soak
	packaging/build-deb
	Tests/packaging
	promtool check rules packaging/prometheus/postroom.rules.yml
	.build/release/postroom demo

bench: bench-deps release
	Benchmarks/run
