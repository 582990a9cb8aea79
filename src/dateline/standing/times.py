"""Since when, until when, and is it so: dates and status of a claim, read off the clause round its word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from dateline.language import is_negated, is_passive, sentence_span
from dateline.records import ClaimStatus, DateExpression, Span
from dateline.standing.match import Finding
from dateline.standing.patterns import Words

# Steps up from the claim's word after which words no longer bear on it.
_MAX_STEPS = 5
_CALENDAR = re.compile(r"\d{3,4}(-|$)")
_FUTURE_AUXILIARIES = {"will", "shall", "'ll", "’ll", "would", "could", "may", "might", "can", "should", "must"}
_OUTSIDE = {"out", "outside", "beyond", "without"}
# Verbs whose tense is that of the state a noun below them tells of: "was under control", "had the backing".
_STATE_VERBS = {"be", "remain", "stay", "have", "keep", "hold", "live", "lie", "stand", "maintain", "retain", "enjoy"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Status and dates; ``since`` and ``until`` are TIMEX values of dates that the text gives."""

    status: ClaimStatus
    since: str | None
    until: str | None


def standing(finding: Finding, words: Words, dates: Sequence[DateExpression]) -> Standing | None:
    """How the claim stands; None where it stands under a condition, since then nothing is claimed."""
    chain = list(_clause_words(finding))
    if _conditional(chain, words):
        return None
    status = _status(finding, chain, words)
    since, until = _dates(finding, chain, dates, status)
    return Standing(status, since, until)


def _clause_words(finding: Finding) -> Iterator[Token]:
    """The word and the words above it up to the verb of its clause, control verbs included.

    A noun that is itself a party ("militants in X"), a title and a modifier ("X-held") speak for themselves: what is
    said of them does not bear on the claim.
    """
    word = current = finding.word
    own = any(begin <= word.idx < end for begin, end in (finding.subject.span, finding.object.span))
    if (own and word.pos_ not in {"VERB", "AUX"}) or word.dep_ == "amod":
        yield word
        return
    for _ in range(_MAX_STEPS):
        yield current
        finite = current.pos_ in {"VERB", "AUX"} and current.dep_ not in {"xcomp", "pcomp", "aux", "auxpass"}
        infinitive = any(child.dep_ == "aux" and child.lower_ == "to" for child in current.children)
        if current.head == current or (finite and not infinitive):
            return
        current = current.head


def _conditional(chain: Sequence[Token], words: Words) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in words.conditions for token in chain for child in token.children)


def _status(finding: Finding, chain: Sequence[Token], words: Words) -> ClaimStatus:
    if any(is_negated(token) for token in chain) or _failed(chain, words) or _outside(finding.word):
        return "denied"
    if _coming(finding, chain, words):
        return "predicted"
    if finding.effect == "loss" or _over(finding, chain, words):
        return "past"
    return "current"


def _outside(word: Token) -> bool:
    """ "Out of government control", "beyond the army's reach"."""
    return word.dep_ == "pobj" and bool({word.head.lower_, word.head.head.lower_} & _OUTSIDE)


def _failed(chain: Sequence[Token], words: Words) -> bool:
    clause = chain[-1]
    if clause.dep_ == "ccomp" and clause.head.lemma_.lower() in words.denying_verbs:
        return True
    return any(token.lemma_.lower() in words.failing_verbs for token in chain[1:])


def _coming(finding: Finding, chain: Sequence[Token], words: Words) -> bool:
    for below, token in zip((None, *chain), chain, strict=False):
        if any(
            child.lower_ in words.coming_words for child in token.children if child.dep_ in {"amod", "advmod", "acomp"}
        ):
            return True
        if any(child.dep_ == "aux" and child.lower_ in _FUTURE_AUXILIARIES for child in token.children):
            return True
        if below is not None and _intends(below, token, words):
            return True
    return finding.effect in {"gain", "loss"} and _is_open_infinitive(chain, words)


def _intends(below: Token, above: Token, words: Words) -> bool:
    return above.lemma_.lower() in words.intending_verbs and below.dep_ not in {"nsubj", "nsubjpass", "relcl"}


def _is_open_infinitive(chain: Sequence[Token], words: Words) -> bool:
    """ "An offensive to take the town": not taken yet. "Managed to take it": taken."""
    word = chain[0]
    if not any(child.dep_ == "aux" and child.lower_ == "to" for child in word.children):
        return False
    return word.head.lemma_.lower() not in words.settled_verbs


def _over(finding: Finding, chain: Sequence[Token], words: Words) -> bool:
    """A state told of in the past tense, or called former."""
    for token in chain:
        if any(child.lower_ in words.past_words for child in token.children if child.dep_ in {"advmod", "amod"}):
            return True
    if finding.effect != "state":
        return False
    clause = chain[-1]
    if clause.pos_ not in {"VERB", "AUX"} or clause.dep_ == "acl":
        return False
    if clause is not chain[0] and clause.lemma_.lower() not in _STATE_VERBS:
        return False
    helpers = {child.lower_ for child in clause.children if child.dep_ in {"aux", "auxpass"}}
    if helpers & {"has", "have", "is", "are", "'s", "'ve", "does", "do", "be"}:
        return False
    return clause.tag_ == "VBD" or (is_passive(clause) and bool(helpers & {"was", "were", "had"}))


def _dates(
    finding: Finding, chain: Sequence[Token], dates: Sequence[DateExpression], status: ClaimStatus
) -> tuple[str | None, str | None]:
    begin, end = sentence_span(finding.word)
    near = [d for d in dates if begin <= d.span[0] and d.span[1] <= end and d.timex and _CALENDAR.match(d.timex)]
    lead = {d.id: _lead(finding.word, d.span) for d in near}
    since = next((d.timex for d in near if lead[d.id] in {"since", "from"}), None) or _since_then(finding.word, dates)
    until = next(
        (d.timex for d in near if (lead[d.id] in {"until", "till", "to"} and since) or lead[d.id] in {"until", "till"}),
        None,
    )
    if since or until or finding.effect in {"state", "act"} or status in {"predicted", "denied"}:
        return since, until
    value = next((d.timex for d in near if _in_clause(d.span, chain)), None)
    return (None, value) if finding.effect == "loss" else (value, None)


def _since_then(word: Token, dates: Sequence[DateExpression]) -> str | None:
    """The last date before "since then" or "ever since" in the claim's sentence."""
    then = [t for t in word.sent if t.lower_ == "since" and t.sent.end > t.i + 1 and t.nbor(1).lower_ == "then"]
    then += [t for t in word.sent if t.lower_ == "since" and t.i > t.sent.start and t.nbor(-1).lower_ == "ever"]
    if not then:
        return None
    before = [d for d in dates if d.span[1] <= then[0].idx and d.timex and _CALENDAR.match(d.timex)]
    return before[-1].timex if before else None


def _lead(word: Token, span: Span) -> str:
    """The word before a date, in lower case."""
    doc = word.doc
    before = [token for token in word.sent if token.idx + len(token.text) <= span[0] and not token.is_punct]
    return doc[before[-1].i].lower_ if before else ""


def _in_clause(span: Span, chain: Sequence[Token]) -> bool:
    """Whether the date hangs below the claim's word or its verb, not in a clause of its own."""
    sent = chain[0].sent
    anchor = next((t for t in sent if span[0] <= t.idx < span[1] and not span[0] <= t.head.idx < span[1]), None)
    steps = 0
    while anchor is not None and steps < _MAX_STEPS:
        if anchor in chain:
            return True
        if anchor.dep_ in {"relcl", "acl", "advcl", "ccomp", "conj", "ROOT"}:
            return False
        anchor, steps = anchor.head, steps + 1
    return False
