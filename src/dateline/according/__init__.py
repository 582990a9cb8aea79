"""According to whom? Statements, and which statement, or the outlet itself, each event rests on."""

from dateline.according.attribution import rests_on
from dateline.according.room import make_room

__all__ = ["make_room", "rests_on"]
