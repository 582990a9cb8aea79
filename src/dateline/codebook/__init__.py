"""What counts as what: PLOVER's event types, claim kinds, contexts, sectors, the CAMEO crosswalk: checked data."""

from dateline.codebook.load import load_codebook, read_codebook
from dateline.codebook.model import (
    Auxiliary,
    AuxiliaryMode,
    CameoRow,
    ClaimType,
    Codebook,
    Context,
    EventType,
    LegacyMode,
    Mode,
    Quad,
    Role,
    Rule,
    Sector,
    Sectors,
    Settled,
)

__all__ = [
    "Auxiliary",
    "AuxiliaryMode",
    "CameoRow",
    "ClaimType",
    "Codebook",
    "Context",
    "EventType",
    "LegacyMode",
    "Mode",
    "Quad",
    "Role",
    "Rule",
    "Sector",
    "Sectors",
    "Settled",
    "load_codebook",
    "read_codebook",
]
