"""Serving: a free port, an address, a quiet end."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from dateline.dataset import Dataset
from dateline.desk.server import address_of, listen
from dateline.errors import InputError


def test_the_next_free_port_is_taken() -> None:
    with listen("127.0.0.1", 8760) as first, listen("127.0.0.1", first.getsockname()[1]) as second:
        assert second.getsockname()[1] > first.getsockname()[1]
        assert address_of(second) == f"http://127.0.0.1:{second.getsockname()[1]}/"


def test_the_last_port_has_no_next() -> None:
    with listen("127.0.0.1", 65535), listen("127.0.0.1", 65535) as second:
        assert second.getsockname()[1] != 65535


@pytest.mark.parametrize("host", ["nowhere.invalid", "203.0.113.1"])
def test_a_host_that_is_not_ours(host: str) -> None:
    with pytest.raises(InputError, match=host):
        listen(host, 8760)


def test_serve_until_interrupted(tmp_path: Path) -> None:
    Dataset.create(tmp_path / "ds")
    script = (
        "import sys; from pathlib import Path; from dateline.desk import serve\n"
        "serve(Path(sys.argv[1]), port=8780, on_ready=lambda address: print(address, flush=True))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "ds")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None and desk.stderr is not None
        address = desk.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        assert httpx.get(f"{address}api/version", timeout=20).json()["articles"] == 0
        desk.send_signal(signal.SIGINT)
        assert desk.wait(timeout=20) == 0
        assert desk.stdout.read() == ""
        assert "Traceback" not in desk.stderr.read()
