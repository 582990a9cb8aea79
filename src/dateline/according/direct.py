"""Joining quotations to their cues: before, after, in the middle, over sentences and paragraphs, or standing free."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from dateline.according.findings import Finding
from dateline.according.phrases import source_span
from dateline.according.quotes import Quotation
from dateline.language import span_of, subjects_of
from dateline.records import Span

# Words between a cue and the quotation it introduces or follows; beyond, the quotation is another thing's name.
MAX_GAP_TOKENS = 25
# A cue the lexicon does not know ('"No," he deadpanned') must stand next to the quotation.
MAX_UNKNOWN_GAP_TOKENS = 8
# Paragraphs after which a free-standing quotation is no longer the last speaker's.
MAX_PARAGRAPHS_ON = 1
_SENTENCE_ENDS = frozenset({".", "!", "?", "…", "..."})


@dataclass(frozen=True, slots=True)
class Marks:
    """Quotations of an article by character."""

    quotations: tuple[Quotation, ...]
    begins: tuple[int, ...]

    @staticmethod
    def of(quotations: Sequence[Quotation]) -> Marks:
        return Marks(tuple(quotations), tuple(q.span[0] for q in quotations))

    def at(self, char: int) -> Quotation | None:
        """The quotation this character is in, if any."""
        index = bisect_right(self.begins, char) - 1
        if index >= 0 and char < self.quotations[index].span[1]:
            return self.quotations[index]
        return None

    def speech_at(self, char: int) -> Quotation | None:
        """The same, but not for scare quotes and quoted phrases."""
        found = self.at(char)
        return found if found is not None and found.full else None

    def overlapping(self, span: Span) -> list[Quotation]:
        """Quotations that share a character with the span."""
        first = max(0, bisect_right(self.begins, span[0]) - 1)
        last = bisect_right(self.begins, span[1] - 1)
        return [q for q in self.quotations[first:last] if q.span[0] < span[1] and span[0] < q.span[1]]


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence as a reader sees it: words outside quotation marks and the speech quoted between them."""

    outside: tuple[Token, ...]
    quotations: tuple[Quotation, ...]
    paragraph: int

    @property
    def begin(self) -> int:
        """First character."""
        return min([*(t.idx for t in self.outside[:1]), *(q.span[0] for q in self.quotations[:1])])

    @property
    def free(self) -> bool:
        """Nothing but quotations."""
        return bool(self.quotations) and not any(t.is_alpha for t in self.outside)


def segments(doc: Doc, marks: Marks) -> list[Segment]:
    """The article's sentences, quotations kept whole."""
    out: list[Segment] = []
    outside: list[Token] = []
    quoted: list[Quotation] = []
    paragraph = 0

    def close() -> None:
        if outside or quoted:
            out.append(Segment(tuple(outside), tuple(quoted), paragraph))
            outside.clear()
            quoted.clear()

    for token in doc:
        quotation = marks.speech_at(token.idx)
        if quotation is not None:
            if not quoted or quoted[-1] != quotation:
                if quoted and _ends_sentence(doc, quoted[-1]) and not _words_since(outside, quoted[-1]):
                    close()
                quoted.append(quotation)
            continue
        if quoted and not _words_since(outside, quoted[-1]) and _starts_anew(doc, quoted[-1], token):
            close()
        if token.is_space:
            if "\n" in token.text and (token.text.count("\n") > 1 or _ended(outside, quoted)):
                close()
                paragraph += 1
            continue
        outside.append(token)
        if token.text in _SENTENCE_ENDS:
            close()
    close()
    return out


def _words_since(outside: Sequence[Token], quotation: Quotation) -> bool:
    return any(t.idx >= quotation.span[1] for t in outside)


def _ended(outside: Sequence[Token], quoted: Sequence[Quotation]) -> bool:
    return not outside or bool(quoted and not _words_since(outside, quoted[-1]))


def _ends_sentence(doc: Doc, quotation: Quotation) -> bool:
    return doc.text[: quotation.inner[1]].rstrip()[-1:] in ".!?…"


def _starts_anew(doc: Doc, quotation: Quotation, token: Token) -> bool:
    """Whether the word after a quotation that ends in a full stop begins another sentence."""
    return doc.text[: quotation.inner[1]].rstrip()[-1:] == "." and token.text[:1].isupper()


def snapped(finding: Finding, marks: Marks) -> Finding:
    """The finding with whole quotations in its content, and nothing beyond the quotation its cue is in."""
    within = marks.speech_at(finding.anchor.idx)
    if within is not None:
        return _clipped(finding, within)
    spans = [_widened(span, marks, finding.cue) for span in finding.content]
    return replace(finding, content=_quoted_only(_merged(spans, finding), finding, marks))


def _quoted_only(spans: tuple[Span, ...], finding: Finding, marks: Marks) -> tuple[Span, ...]:
    """'"…," he said, and …': where a whole quotation comes right before the source, only quotations are content."""
    if finding.cue is None:
        return spans
    begin = min([finding.cue[0], *([finding.source[0]] if finding.source is not None else [])])
    before = [q for span in spans for q in marks.overlapping(span) if q.full and q.set_off and q.span[1] <= begin]
    if not before or begin - before[-1].span[1] > 2:
        return spans
    return tuple(q.span for span in spans for q in marks.overlapping(span) if q.full)


def _clipped(finding: Finding, within: Quotation) -> Finding:
    begin, end = within.inner
    spans = tuple((max(begin, b), min(end, e)) for b, e in finding.content if b < end and begin < e)
    source = finding.source
    if source is not None and not (begin <= source[0] and source[1] <= end):
        return replace(finding, content=spans, source=None, source_head=None)
    return replace(finding, content=spans)


def _widened(span: Span, marks: Marks, cue: Span | None) -> Span:
    begin, end = span
    for quotation in marks.overlapping(span):
        b, e = quotation.span
        if cue is None or not (b <= cue[0] < e):
            begin, end = min(begin, b), max(end, e)
    return begin, end


def _merged(spans: Iterable[Span], finding: Finding) -> tuple[Span, ...]:
    """Spans in order, overlapping ones joined, without the cue's own words."""
    out: list[Span] = []
    for begin, end in sorted(spans):
        if out and begin <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((begin, end))
    cue = finding.cue
    return tuple(out) if cue is None else tuple(s for s in out if not (s[0] <= cue[0] and cue[1] <= s[1]))


def attach_quotations(doc: Doc, findings: Sequence[Finding], marks: Marks, *, headline: Span | None) -> list[Finding]:
    """Findings with the quotations that belong to them; a quotation nobody is named for makes a finding of its own."""
    pool = _Pool(doc, list(findings), marks)
    border = headline[1] if headline is not None else 0
    for segment in segments(doc, marks):
        pool.take(segment, in_headline=segment.begin < border)
    pool.settle()
    return pool.findings


@dataclass(slots=True)
class _Last:
    """The finding that a free-standing quotation continues, and where it was."""

    number: int
    paragraph: int
    in_headline: bool


class _Pool:
    """The findings while quotations are handed out to them."""

    def __init__(self, doc: Doc, findings: list[Finding], marks: Marks) -> None:
        self.doc = doc
        self.findings = findings
        self._by_anchor = {finding.anchor.i: n for n, finding in enumerate(findings)}
        self._owner: dict[Span, int] = {}
        self._last: _Last | None = None
        self._waiting: list[Quotation] = []
        for n, finding in enumerate(findings):
            if marks.speech_at(finding.anchor.idx) is None:
                for span in finding.content:
                    for quotation in marks.overlapping(span):
                        self._owner.setdefault(quotation.span, n)

    def take(self, segment: Segment, *, in_headline: bool) -> None:
        """Hand out the segment's quotations."""
        if not segment.quotations:
            self._remember(segment, in_headline=in_headline)
            return
        if segment.free:
            self._continue(segment, in_headline=in_headline)
            return
        for quotation in segment.quotations:
            if quotation.span not in self._owner:
                number = self._best(segment, quotation)
                if number is not None:
                    self._give(number, quotation)
        owners = [self._owner[q.span] for q in segment.quotations if q.span in self._owner]
        if owners:
            self._release(owners[0])
            self._last = _Last(owners[-1], segment.paragraph, in_headline)
        else:
            self._remember(segment, in_headline=in_headline)

    def _remember(self, segment: Segment, *, in_headline: bool) -> None:
        """Someone who is told to speak without quotation may be quoted next."""
        numbers = [self._by_anchor[t.i] for t in segment.outside if t.i in self._by_anchor]
        speaking = [n for n in numbers if self.findings[n].quotes and self.findings[n].content]
        if speaking:
            self._last = _Last(speaking[0], segment.paragraph, in_headline)

    def _continue(self, segment: Segment, *, in_headline: bool) -> None:
        """A segment of nothing but quotations goes on with what the last speaker says."""
        last = self._last
        if last is None or last.in_headline != in_headline or segment.paragraph - last.paragraph > MAX_PARAGRAPHS_ON:
            self._waiting += [q for q in segment.quotations if q.span not in self._owner]
            return
        for quotation in segment.quotations:
            if quotation.span not in self._owner:
                self._give(last.number, quotation)
        last.paragraph = segment.paragraph

    def _release(self, number: int) -> None:
        """Quotations left open at a paragraph's end belong to the speaker named after them; others stand alone."""
        waiting, self._waiting = self._waiting, []
        if waiting and not waiting[-1].closed:
            for quotation in waiting:
                self._give(number, quotation)
            return
        self._stand_alone(waiting)

    def settle(self) -> None:
        """Make findings of the quotations that are left."""
        self._stand_alone(self._waiting)
        self._waiting = []

    def _stand_alone(self, quotations: Sequence[Quotation]) -> None:
        for quotation in quotations:
            part = self.doc.char_span(*quotation.span, alignment_mode="expand")
            if part is not None:
                self.findings.append(Finding(None, part[0], "speech", None, None, (quotation.span,), "quote"))

    def _give(self, number: int, quotation: Quotation) -> None:
        finding = self.findings[number]
        spans = sorted({*finding.content, quotation.span})
        frame = finding.frame if finding.content else "quote"
        head, source = finding.source_head, finding.source
        if source is None or (source[0] < quotation.span[1] and quotation.span[0] < source[1]):
            head = _named_after(finding.anchor) if finding.anchor.idx >= quotation.span[1] else None
            source = source_span(head) if head is not None else None
        self.findings[number] = replace(finding, content=tuple(spans), frame=frame, source=source, source_head=head)
        self._owner[quotation.span] = number

    def _best(self, segment: Segment, quotation: Quotation) -> int | None:
        """The nearest cue of the segment that may take a quotation; one without content comes first."""
        ranked: list[tuple[bool, int, int]] = []
        for token in segment.outside:
            number = self._by_anchor.get(token.i)
            if number is None or not self.findings[number].quotes:
                continue
            gap = _gap(token, quotation)
            if gap <= MAX_GAP_TOKENS:
                ranked.append((bool(self.findings[number].content), gap, number))
        if ranked:
            return min(ranked)[2]
        return self._unknown(segment, quotation)

    def _unknown(self, segment: Segment, quotation: Quotation) -> int | None:
        """A verb outside the lexicon that stands where a cue would: before a colon, or after "…," and a name."""
        verb = _verb_before_colon(segment, quotation) or _verb_after_comma(self.doc, segment, quotation)
        if verb is None:
            return None
        heads = subjects_of(verb)
        if not heads:
            return None
        colon = self._colon(quotation)
        right = colon if colon is not None and colon.i > verb.i else verb
        span = (verb.idx, span_of(right)[1])
        self.findings.append(
            Finding(span, verb, "speech", source_span(heads[0], speaks=verb), heads[0], (), "quote", quotes=True)
        )
        self._by_anchor[verb.i] = len(self.findings) - 1
        return len(self.findings) - 1

    def _colon(self, quotation: Quotation) -> Token | None:
        first = self.doc.char_span(quotation.span[0], quotation.span[0] + 1, alignment_mode="expand")
        if first is None:
            return None
        index = first.start - 1
        while index >= 0 and self.doc[index].is_space:
            index -= 1
        return self.doc[index] if index >= 0 and self.doc[index].text == ":" else None


def _named_after(verb: Token) -> Token | None:
    """Head of the noun phrase right behind a verb ("'…', said the captain")."""
    doc = verb.doc
    if verb.i + 1 >= len(doc):
        return None
    token = doc[verb.i + 1]
    while token.dep_ in {"det", "amod", "compound", "nummod", "poss", "nmod", "case"} and token.head.i > token.i:
        token = token.head
    return token if token.pos_ in {"NOUN", "PROPN", "PRON"} else None


def _gap(token: Token, quotation: Quotation) -> int:
    """Tokens between a word and a quotation, roughly: five characters of distance count as one."""
    if token.idx < quotation.span[0]:
        return (quotation.span[0] - span_of(token)[1]) // 5
    return (token.idx - quotation.span[1]) // 5


def _verb_before_colon(segment: Segment, quotation: Quotation) -> Token | None:
    before = [t for t in segment.outside if t.idx < quotation.span[0]]
    if not before or before[-1].text != ":":
        return None
    verbs = [t for t in before if t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"}]
    return verbs[-1] if verbs else None


def _verb_after_comma(doc: Doc, segment: Segment, quotation: Quotation) -> Token | None:
    if doc.text[: quotation.inner[1]].rstrip()[-1:] not in ",?!":
        return None
    after = [t for t in segment.outside if t.idx >= quotation.span[1]][:MAX_UNKNOWN_GAP_TOKENS]
    return next((t for t in after if t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ"}), None)
