"""The course's own workshop: build, check, release, sample class. Run `python -m tools help`."""
