"""Settings: defaults, a file, the environment; a bad value is reported with its key and where it was set."""

from dataclasses import fields
from pathlib import Path

import pytest

from dateline import Settings, SettingsError
from dateline.settings import HELP, load_settings


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("desk_port: 8100\nbatch_articles: 8\n")
    chosen = load_settings(tmp_path / "s.yaml", {"DATELINE_DESK_PORT": "8200", "OTHER": "1"})
    assert (chosen.desk_port, chosen.batch_articles, chosen.desk_host) == (8200, 8, "127.0.0.1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("desk_prot: 1", "desk_prot"),
        ("desk_port: many", "desk_port"),
        ("desk_port: 0", "desk_port"),
        ("- a", "name: value"),
        ("a: [", "YAML"),
    ],
)
def test_bad_settings_are_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "s.yaml").write_text(text)
    with pytest.raises(SettingsError, match=said):
        load_settings(tmp_path / "s.yaml", {})


def test_every_setting_has_its_help() -> None:
    assert set(HELP) == {field.name for field in fields(Settings)}
