"""The package's public surface is exactly what ``__all__`` lists, and importing it does nothing."""

import json
import subprocess
import sys

import dateline


def test_all_is_sorted_and_real() -> None:
    assert dateline.__all__ == sorted(dateline.__all__)
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None


def test_nothing_else_is_exposed() -> None:
    code = """
import dateline, json, types
named = {name: value for name, value in vars(dateline).items() if not name.startswith("_")}
print(json.dumps([name for name, value in named.items() if not isinstance(value, types.ModuleType)]))
"""
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    exposed = set(json.loads(shown)) - {"TYPE_CHECKING", "Any"}
    assert exposed <= set(dateline.__all__)


def test_importing_loads_no_parser() -> None:
    code = "import sys, dateline; print('spacy' in sys.modules, 'torch' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        == "False False\n"
    )
