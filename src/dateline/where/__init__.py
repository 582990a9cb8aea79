"""Where? Place names in the text, and the places of the gazetteer they mean → places."""

from dateline.where.gazetteer import Candidate, Gazetteer, load_gazetteer
from dateline.where.room import make_room

__all__ = ["Candidate", "Gazetteer", "load_gazetteer", "make_room"]
