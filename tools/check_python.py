"""Stop `make setup` early, in one line, on a Python that is too old. Runs on any Python 3."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - that is what is checked
    sys.exit(
        "dateline needs Python 3.11 or later; this is {}.{}. Try: make setup PYTHON=python3.11".format(
            *sys.version_info
        )
    )
