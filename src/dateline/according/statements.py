"""Findings → statements: who is inside whom, direct or indirect, said to whom, on what occasion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.according.direct import Marks, attach_quotations, snapped
from dateline.according.findings import Finding
from dateline.according.lexicon import Lexicon
from dateline.according.nouns import noun_findings, phrase_findings
from dateline.according.quotes import find_quotations
from dateline.according.verbs import verb_findings
from dateline.records import Content, Span, Speaker, Statement, StatementForm, Words
from dateline.rooms import Draft
from dateline.who.index import ActorIndex

# Inside another's words only reported speech is a statement of its own; what the speaker thinks or wants is the speaker's.
_TOLD_INSIDE = frozenset({"speech", "question", "order", "evidence"})


def find_statements(draft: Draft, lexicon: Lexicon) -> tuple[Statement, ...]:
    """The statements of an article in text order, ids "s1", "s2", …"""
    doc = draft.doc
    marks = Marks.of(find_quotations(doc.text))
    findings = [snapped(finding, marks) for finding in _all_findings(doc, lexicon)]
    findings = attach_quotations(doc, findings, marks)
    return _statements(draft, _standing(_in_order(f for f in findings if f.content), marks), marks)


def _all_findings(doc: Doc, lexicon: Lexicon) -> Iterable[Finding]:
    yield from verb_findings(doc, lexicon)
    yield from noun_findings(doc, lexicon)
    yield from phrase_findings(doc, lexicon)


def _standing(findings: Sequence[Finding], marks: Marks) -> list[Finding]:
    """The findings without those that only repeat the voice they are told in."""
    return [f for f in findings if _is_other_voice(f) or not _is_told(f, findings, marks)]


def _is_other_voice(finding: Finding) -> bool:
    """Reported speech of someone named by more than a pronoun."""
    head = finding.source_head
    return finding.cls in _TOLD_INSIDE and head is not None and head.pos_ != "PRON"


def _is_told(finding: Finding, others: Sequence[Finding], marks: Marks) -> bool:
    """Whether the cue stands in a quotation or in what another finding holds to be said."""
    at = finding.anchor.idx
    if marks.speech_at(at) is not None:
        return True
    return any(b <= at < e for other in others if other is not finding for b, e in other.content)


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    """By where the content begins, the longer first; of two with the same content the first cue."""
    return sorted(findings, key=lambda f: (min(s[0] for s in f.content), -max(s[1] for s in f.content), f.cue))


def _statements(draft: Draft, findings: Sequence[Finding], marks: Marks) -> tuple[Statement, ...]:
    index = ActorIndex(draft.actors)
    text = draft.article.text
    out: list[Statement] = []
    for number, finding in enumerate(findings, start=1):
        out.append(
            Statement(
                id=f"s{number}",
                speaker=_speaker(finding, index, text),
                cue=Words(finding.cue, text[finding.cue[0] : finding.cue[1]]),
                content=Content(finding.content, " … ".join(text[b:e] for b, e in finding.content)),
                form=_form(finding.content, marks, text),
                inside=None,
                to=_addressees(finding, index),
            )
        )
    return tuple(replace(s, inside=_quoting(s, out)) for s in out)


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


def _addressees(finding: Finding, index: ActorIndex) -> tuple[str, ...]:
    found = (index.mention_over(token) for token in finding.hearers)
    return tuple(dict.fromkeys(actor for hit in found if hit is not None for actor in [hit[1]]))


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
