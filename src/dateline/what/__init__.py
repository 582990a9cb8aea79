"""Did what to whom? Triggers, participants, PLOVER type and mode, context, status → events; figures and equipment."""

from dateline.what.relation import relation
from dateline.what.room import make_room

__all__ = ["make_room", "relation"]
