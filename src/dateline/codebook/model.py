"""The codebook's nouns: event types with their modes and rules, claim kinds, contexts, sectors, crosswalk rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dateline.records import ActorKind, ClaimKind

QuadName = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict"]
RuleBasis = Literal["manual", "definitions", "reference 2017"]
RoleRange = ActorKind | Literal["actor", "place"]


@dataclass(frozen=True, slots=True)
class Mode:
    """How an event of some type happens. ``score`` is None where the manual prints none."""

    name: str
    score: float | None
    definition: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When to use one code and not another. Codes are written ``TYPE`` or ``TYPE-mode``, contexts ``+ctx:name``."""

    when: str
    use: str
    not_: str
    basis: RuleBasis
    settled: str | None = None  # id of the ambiguity that this rule settles


@dataclass(frozen=True, slots=True)
class EventType:
    """One of PLOVER's sixteen event types. ``score`` runs from -10 (conflict) to +10 (cooperation)."""

    name: str
    label: str
    definition: str
    quad: QuadName
    score: float
    needs_recipient: bool
    roles: Mapping[str, str]
    modes: tuple[Mode, ...]
    rules: tuple[Rule, ...]
    matches: str
    does_not_match: str
    because: str
    source: str
    recipient_note: str | None = None

    def mode(self, name: str) -> Mode:
        """The mode of this name.

        Raises:
            KeyError: the type has no such mode.
        """
        for mode in self.modes:
            if mode.name == name:
                return mode
        raise KeyError(f"{self.name}-{name}; {self.name} has {', '.join(m.name for m in self.modes) or 'no modes'}")


@dataclass(frozen=True, slots=True)
class Role:
    definition: str
    range: tuple[RoleRange, ...]


@dataclass(frozen=True, slots=True)
class ClaimType:
    """A kind of claim. Where it is symmetric, subject and object may change places."""

    name: ClaimKind
    label: str
    definition: str
    symmetric: bool
    roles: Mapping[Literal["subject", "object"], Role]
    matches: str
    does_not_match: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Quad:
    code: int
    name: QuadName
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Context:
    name: str
    definition: str
    excludes: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Sector:
    code: str
    definition: str
    group: Literal["frequent", "less_frequent"] | None = None


@dataclass(frozen=True, slots=True)
class Sectors:
    """Sector codes of actors, and the codes that stand in place of a country."""

    notes: tuple[str, ...]
    sectors: tuple[Sector, ...]
    in_place_of_a_country: tuple[Sector, ...]
    partially_recognised: Mapping[str, str]  # breakaway area → ISO 3166-1 alpha-3 of the state that claims it


@dataclass(frozen=True, slots=True)
class AuxiliaryMode:
    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class LegacyMode:
    """A mode that manual v2.0 took out; data coded before carries it.

    ``replaced_by`` is a code of today, None where there is no heir.
    """

    type: str
    name: str
    score: float | None
    definition: str
    replaced_by: str | None


@dataclass(frozen=True, slots=True)
class Auxiliary:
    modes: tuple[AuxiliaryMode, ...]
    legacy_modes: tuple[LegacyMode, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A place where the manual is ambiguous, and what dateline does."""

    id: str
    topic: str
    ambiguity: str
    settled_as: str


@dataclass(frozen=True, slots=True)
class CameoRow:
    """One line of the crosswalk. ``plover_type`` is None where PLOVER dropped the CAMEO code.

    ``plover_mode`` is the crosswalk's of 2021; ``mode_in_v2`` says how it stands in manual v2.0, and
    ``manual_v2_suggestion`` which code that manual points to instead.
    """

    cameo_code: str
    plover_type: str | None
    plover_mode: str | None
    plover_context: str | None
    mode_in_v2: str | None
    manual_v2_suggestion: str | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Codebook:
    """Everything that says what counts as what."""

    events: Mapping[str, EventType]
    claims: Mapping[str, ClaimType]
    quads: tuple[Quad, ...]
    contexts: Mapping[str, Context]
    sectors: Sectors
    auxiliary: Auxiliary
    settled: tuple[Settled, ...]
    cameo: Mapping[str, tuple[CameoRow, ...]]  # by CAMEO code; several rows where PLOVER split the code

    def quad(self, type_name: str) -> int:
        """Quad category (1 verbal cooperation … 4 material conflict) of an event type.

        Raises:
            KeyError: there is no such type.
        """
        name = self.events[type_name].quad
        return next(quad.code for quad in self.quads if quad.name == name)

    def score(self, type_name: str, mode: str | None = None) -> float:
        """Conflict–cooperation score of a type and mode; the type's own where the mode has none.

        Raises:
            KeyError: there is no such type or mode.
        """
        event = self.events[type_name]
        own = event.mode(mode).score if mode is not None else None
        return event.score if own is None else own
