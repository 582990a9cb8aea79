"""Labels of a researcher's own: a folder of types with examples → a head on the frozen encoder → ``labels``."""

from dateline.own.folder import OwnCodebook, OwnType, read_folder
from dateline.own.head import OwnHead, load_head
from dateline.own.room import make_room
from dateline.own.show import codebook_lines, training_lines
from dateline.own.training import Trained, TypeScore, train

__all__ = [
    "OwnCodebook",
    "OwnHead",
    "OwnType",
    "Trained",
    "TypeScore",
    "codebook_lines",
    "load_head",
    "make_room",
    "read_folder",
    "train",
    "training_lines",
]
