"""In whose words? Loaded terms and the plain words a neutral report would use."""

from dateline.wording.room import make_room

__all__ = ["make_room"]
