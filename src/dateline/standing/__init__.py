"""Who holds what, who stands with whom? Actors, places, dates, statements and events → claims."""

from dateline.standing.room import make_room

__all__ = ["make_room"]
