# Every command is `python -m tools NAME`; this file only saves typing. `make help` lists them.
PYTHON ?= python3
export ONLY PORT

COMMANDS := venv course test lint check test-unit test-solutions test-answers test-roundtrip \
            test-browser book serve exercises solutions answers grade bench gpu-evidence lock linkcheck clean

.DEFAULT_GOAL := help
.PHONY: help $(COMMANDS)
help $(COMMANDS):
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo "There is no '$(PYTHON)' here. Install Python 3.10 or newer, or name yours: make $@ PYTHON=python3.12" >&2; exit 2; }
	@$(PYTHON) -m tools $@
