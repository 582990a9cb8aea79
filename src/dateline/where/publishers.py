"""Which country an outlet is of: a paper of Tripoli, Lebanon, means its own Tripoli."""

from __future__ import annotations

from dateline.who import Registry
from dateline.who.names import fold


class Publishers:
    """The registry's media by name."""

    def __init__(self, registry: Registry) -> None:
        media = [entry for entry in registry.entries.values() if entry.kind == "media" and entry.country]
        self._countries = {fold(name): entry.country for entry in media for name in (entry.name, *entry.aliases)}

    def country(self, outlet: str | None) -> str | None:
        """ISO alpha-3 of an outlet by one of its names; None where the registry does not know it."""
        return self._countries.get(fold(outlet)) if outlet else None
