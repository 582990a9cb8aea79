"""The version, written once; CHANGELOG.md's newest heading must match it."""

__version__ = "0.4.0"
