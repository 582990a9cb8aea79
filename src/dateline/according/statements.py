"""Findings → statements: who is inside whom, direct or indirect, said to whom, on what occasion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dateline.according.circumstances import addressees, occasion, told_with
from dateline.according.colons import colon_findings
from dateline.according.direct import Marks, attach_quotations, snapped
from dateline.according.findings import Finding
from dateline.according.headline import is_verbatim, with_headline
from dateline.according.lexicon import Lexicon
from dateline.according.nouns import noun_findings, phrase_findings
from dateline.according.quotes import find_quotations
from dateline.according.verbs import verb_findings
from dateline.records import Content, Span, Speaker, Statement, StatementForm, Words
from dateline.rooms import Draft
from dateline.who.index import ActorIndex

# Inside another's words only reported speech is a statement of its own: what the speaker thinks is the speaker's.
_TOLD_INSIDE = frozenset({"speech", "question", "order"})
_REPORTING_FRAMES = frozenset({"clause", "quote", "infinitive", "phrase", "noun clause"})


def find_statements(draft: Draft, lexicon: Lexicon) -> tuple[Statement, ...]:
    """The statements of an article in text order, ids "s1", "s2", …"""
    doc = draft.doc
    marks = Marks.of(find_quotations(doc.text))
    findings = [snapped(finding, marks) for finding in _all_findings(draft, lexicon)]
    findings = attach_quotations(doc, findings, marks, headline=draft.article.headline)
    findings = with_headline(doc, findings, marks, headline=draft.article.headline)
    ordered = _in_order(finding for finding in findings if finding.content)
    index = ActorIndex(draft.actors)
    return _with_quoting(_statement(draft, f, marks, index) for f in _standing(ordered, marks))


def _all_findings(draft: Draft, lexicon: Lexicon) -> Iterator[Finding]:
    yield from verb_findings(draft.doc, lexicon)
    yield from noun_findings(draft.doc, lexicon)
    yield from phrase_findings(draft.doc, lexicon)
    yield from colon_findings(draft.doc, ActorIndex(draft.actors))


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By where the content begins, the longer first."""
    return sorted(findings, key=lambda f: (f.content[0][0], -f.content[-1][1], f.anchor.i))


def _standing(findings: Sequence[Finding], marks: Marks) -> list[Finding]:
    """The findings without those that only repeat the voice they are told in."""
    return [f for f in findings if f.cue is None or _is_other_voice(f) or not _is_told(f, findings, marks)]


def _is_other_voice(finding: Finding) -> bool:
    """Reported speech of someone named by more than a pronoun."""
    head = finding.source_head
    reported = finding.cls in _TOLD_INSIDE and finding.frame in _REPORTING_FRAMES
    return reported and head is not None and head.pos_ != "PRON"


def _is_told(finding: Finding, others: Sequence[Finding], marks: Marks) -> bool:
    """Whether the cue stands in a quotation or in what another finding holds to be said."""
    at = finding.anchor.idx
    if marks.speech_at(at) is not None:
        return True
    return any(b <= at < e for other in others if other is not finding for b, e in other.content)


def _statement(draft: Draft, finding: Finding, marks: Marks, index: ActorIndex) -> Statement:
    """The statement, without its id and without the one that quotes it."""
    text, doc = draft.article.text, draft.doc
    cue, headline = finding.cue, draft.article.headline
    speaker = _speaker(finding, index, text)
    return Statement(
        id="",
        speaker=speaker,
        cue=None if cue is None else Words(cue, text[cue[0] : cue[1]]),
        content=Content(finding.content, " … ".join(text[b:e] for b, e in finding.content)),
        form=_form(finding.content, marks, text),
        inside=None,
        to=tuple(actor for actor in addressees(finding, index) if speaker is None or actor != speaker.actor),
        occasion=occasion(finding),
        place=told_with(finding, [place for place in draft.places if place.form == "name"], doc),
        date=told_with(finding, draft.dates, doc),
        verbatim=None if headline is None else is_verbatim(text, headline, finding.content, marks),
    )


def _with_quoting(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    numbered = [replace(s, id=f"s{number}") for number, s in enumerate(statements, start=1)]
    return tuple(replace(s, inside=_quoting(s, numbered)) for s in numbered)


def _speaker(finding: Finding, index: ActorIndex, text: str) -> Speaker | None:
    if finding.source is None or finding.source_head is None:
        return None
    found = index.mention_over(finding.source_head) or _antecedent_mention(finding.source_head, index)
    begin, end = finding.source
    return Speaker(None if found is None else found[1], finding.source, text[begin:end])


def _antecedent_mention(head: Token, index: ActorIndex) -> tuple[Span, str] | None:
    """The mention that a relative pronoun ("the minister, who said") stands for."""
    if head.tag_ not in {"WP", "WDT"}:
        return None
    clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
    return None if clause is None else index.mention_over(clause.head)


def _form(spans: Sequence[Span], marks: Marks, text: str) -> StatementForm:
    """Direct where every word is between quotation marks, mixed where some are."""
    quoted = bare = False
    for begin, end in spans:
        at = begin
        for quotation in marks.overlapping((begin, end)):
            bare = bare or any(c.isalnum() for c in text[at : quotation.span[0]])
            quoted = True
            at = quotation.span[1]
        bare = bare or any(c.isalnum() for c in text[at:end])
    if quoted:
        return "mixed" if bare else "direct"
    return "indirect"


def _quoting(statement: Statement, others: Sequence[Statement]) -> str | None:
    """Id of the smallest statement whose content holds this one's cue."""
    inner = statement.cue.span if statement.cue is not None else statement.content.spans[0]
    holding = [
        (sum(e - b for b, e in other.content.spans), other.id)
        for other in others
        if other.id != statement.id and any(b <= inner[0] and inner[1] <= e for b, e in other.content.spans)
    ]
    return min(holding)[1] if holding else None
