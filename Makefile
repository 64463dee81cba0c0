# Two commands do everything: `make run` tries Cordon out, `make test` checks all of it.

BOOTSTRAP = scripts/bootstrap

# What is run in earnest holds Swift's own libraries: it starts in half the time, and runs where
# Swift is not installed.
RELEASE = swift build -c release --static-swift-stdlib

# Tests that wait for sockets and disks run by themselves, one after the other: beside tests that
# keep every core busy, what they wait for would not come in time.
WAITING = '^(Records|Gate|Watch|Conduct|Console)Tests'

.PHONY: run test unit integration fuzz lint format bench bench-gate bench-conduct build clean

run: ## Build for speed, and run the demonstration.
	$(BOOTSTRAP)
	$(RELEASE) --product cordon
	.build/release/cordon serve --demo

test: unit integration ## Check everything: units first, then the program against real peers.

unit:
	$(BOOTSTRAP) --test
	swift build --build-tests
	swift test --skip-build --skip $(WAITING)
	swift test --skip-build --no-parallel --filter $(WAITING)

integration:
	$(BOOTSTRAP) --test
	swift build --product cordon
	/usr/bin/python3 -m pytest -q Tests/Integration

fuzz: ## Feed the readers of hostile octets with what leads to new code: FUZZ_SECONDS each, or 60.
	$(BOOTSTRAP)
	Fuzzing/run

lint: ## Layout, documentation of public names, and the rules of the house.
	swift format lint --strict --recursive --parallel Sources Tests Fuzzing/Sources Package.swift Fuzzing/Package.swift
	scripts/check-house
	scripts/check-guard-lists

format: ## Mend the layout.
	swift format --in-place --recursive --parallel Sources Tests Fuzzing/Sources Package.swift Fuzzing/Package.swift

bench: ## Measure, side by side with peers.
	$(BOOTSTRAP) --bench
	$(RELEASE) --product cordon
	Benchmarks/run

bench-gate: ## Measure the gate at one and five million rules, beside the resolvers of others.
	$(BOOTSTRAP) --bench
	$(RELEASE) --product cordon
	Benchmarks/gate-benchmark
	Benchmarks/gate-cost
	Benchmarks/gate-benchmark --rules 5000000 --peers unbound

bench-conduct: ## Measure intake of posts, strikes, liftings, and a record of a million accounts.
	$(BOOTSTRAP)
	swift build -c release --package-path Benchmarks --product conduct-benchmark
	Benchmarks/conduct-benchmark

build:
	$(BOOTSTRAP)
	$(RELEASE) --product cordon

clean:
	swift package clean
