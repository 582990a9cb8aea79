"""Cues that are verbs: "X said that", "said X", "vowed to", "accused Y of", "was condemned by X"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dateline.according.findings import Finding, Matched
from dateline.according.lexicon import Cue, Lexicon
from dateline.according.phrases import clause_spans, cue_span, source_span
from dateline.language import agent_of_passive, is_passive, span_of, subjects_of, verb_chain
from dateline.records import Span

_VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
# Lemmas the parser's rules get wrong.
_LEMMAS = {"hop": "hope", "retweete": "retweet"}
# Tokens between a cue and a preposition that still belongs to it ("called again for").
_NEAR = 2
_EXPLETIVE = frozenset({"it", "there"})
_CLAUSE_MARKS = frozenset({"that", "whether", "if", "how", "why", "when", "where", "what", "who", "which"})


def verb_findings(doc: Doc, lexicon: Lexicon) -> Iterator[Finding]:
    """A finding for each verb of the lexicon that has content in one of its constructions, or may take a quotation."""
    for token in doc:
        if token.tag_ in _VERB_TAGS:
            cue = _cue_of(token, lexicon)
            if cue is not None:
                yield from _finding(token, cue, lexicon)


def _cue_of(verb: Token, lexicon: Lexicon) -> Cue | None:
    for cue in lexicon.verbs.get(_lemma(verb), ()):
        rest = cue.words.split()[1:]
        if all(any(child.lower_ == word for child in verb.children) for word in rest):
            return cue
    return None


def _lemma(verb: Token) -> str:
    lemma = verb.lemma_.lower()
    return _LEMMAS.get(lemma, lemma)


def _finding(verb: Token, cue: Cue, lexicon: Lexicon) -> Iterator[Finding]:
    passive = _is_passive(verb)
    matched = _passive_content(verb, cue, lexicon) if passive else _active_content(verb, cue, lexicon)
    content, upto = matched.content, matched.upto
    quotes = "quote" in cue.frames
    if not content and not quotes:
        return
    head, source = _source(verb, lexicon, passive=passive)
    if source is not None and any(b < source[1] and source[0] < e for b, e in content):
        head, source = None, None
    if passive and head is not None and upto is None:
        upto = next((c for c in verb.children if c.dep_ == "agent" and c.i - verb.i <= _NEAR), None)
    yield Finding(
        cue=cue_span(verb, upto=upto),
        anchor=verb,
        cls=cue.cls,
        source=source,
        source_head=head,
        content=content,
        frame=matched.frame,
        hearers=_hearers(verb, cue, passive=passive),
        quotes=quotes,
    )


def _is_passive(verb: Token) -> bool:
    """Passive, also where the auxiliary is left out ("Asked about the raid, he …")."""
    if is_passive(verb):
        return True
    bare = not any(c.dep_ in {"aux", "nsubj"} for c in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ == "advcl" and bare


def _active_content(verb: Token, cue: Cue, lexicon: Lexicon) -> Matched:
    """The first construction that fits, clauses before noun phrases."""
    if cue.frames & {"clause", "quote"} and (spans := _clause(verb, cue, lexicon)):
        return Matched(spans, frame="clause")
    if "complement" in cue.frames and (spans := _complement(verb)):
        return Matched(spans, frame="complement")
    if "infinitive" in cue.frames and (spans := _open_clause(verb, "VB") or _small_clause(verb, cue)):
        return Matched(spans, frame="infinitive")
    if "gerund" in cue.frames and (spans := _open_clause(verb, "VBG")):
        return Matched(spans, frame="gerund")
    if "object" in cue.frames and (spans := _object(verb, cue)):
        return Matched(spans, frame="object")
    return _after_preposition(verb, cue)


def _open_clause(verb: Token, tag: str) -> tuple[Span, ...]:
    """ "vowed to leave", "denied leaving"."""
    return next((clause_spans(c) for c in verb.children if c.dep_ == "xcomp" and c.tag_ == tag), ())


def _clause(verb: Token, cue: Cue, lexicon: Lexicon) -> tuple[Span, ...]:
    for child in verb.children:
        if child.dep_ == "ccomp" and not _is_small(child) and not _is_infinitive(child):
            return clause_spans(child, without=[c for c in child.conjuncts if _resumes(c, verb, lexicon)])
    if verb.dep_ == "parataxis":
        return clause_spans(verb.head, without=[verb])
    stray = _stray_clause(verb, cue)
    return clause_spans(stray) if stray is not None else ()


def _stray_clause(verb: Token, cue: Cue) -> Token | None:
    """ "told reporters at a news conference that talks would resume": the parser hangs the clause on the conference."""
    through = {"prep", "dative", "npadvmod"} | ({"dobj"} if cue.hearer else set())
    todo = [c for c in verb.children if c.i > verb.i and c.dep_ in through]
    while todo:
        token = todo.pop(0)
        for child in token.children:
            if child.dep_ in {"acl", "relcl", "ccomp", "advcl"} and _opens_with_that(child):
                return child
            if child.dep_ in {"prep", "pobj", "npadvmod"}:
                todo.append(child)
    return None


def _opens_with_that(clause: Token) -> bool:
    """Whether "that" joins a clause with a subject of its own."""
    subjects = [c for c in clause.children if c.dep_ in {"nsubj", "nsubjpass", "expl"}]
    return clause.left_edge.lower_ == "that" and any(s.lower_ != "that" for s in subjects)


def _resumes(later: Token, verb: Token, lexicon: Lexicon) -> bool:
    """ "X said that … and added that …": the parser takes the second cue for a part of what was said."""
    if later.tag_ != verb.tag_ or later.tag_ not in {"VBD", "VBZ"} or _lemma(later) not in lexicon.verbs:
        return False
    return later.i > verb.i and not any(c.dep_ in {"nsubj", "nsubjpass"} for c in later.children)


def _resumed(verb: Token, lexicon: Lexicon) -> Token:
    """The cue that this one goes on from, else the verb itself."""
    first = verb
    while first.dep_ == "conj":
        first = first.head
    if first != verb and first.dep_ == "ccomp" and _resumes(verb, first.head, lexicon):
        return first.head
    return verb


def _is_infinitive(clause: Token) -> bool:
    return clause.tag_ == "VB" and any(c.tag_ == "TO" for c in clause.children)


def _is_small(child: Token) -> bool:
    """A clause without a finite verb ("called it a raid", "wanted them out")."""
    return child.pos_ not in {"VERB", "AUX"} and not any(c.dep_ in {"cop", "aux", "mark"} for c in child.children)


def _small_clause(verb: Token, cue: Cue) -> tuple[Span, ...]:
    """ "urged them to leave", "wants them to leave"; those addressed are not part of what is said."""
    for child in verb.children:
        if child.dep_ == "ccomp" and _is_infinitive(child):
            skip = [c for c in child.children if c.dep_ == "nsubj"] if cue.hearer else []
            return clause_spans(child, without=skip)
    return ()


def _complement(verb: Token) -> tuple[Span, ...]:
    """ "called the raid a massacre": both noun phrases."""
    for child in verb.children:
        if child.dep_ == "ccomp" and _is_small(child):
            return clause_spans(child)
    named = [c for c in verb.children if c.dep_ == "oprd"]
    if not named:
        return ()
    objects = [c for c in verb.children if c.dep_ in {"dobj", "nsubjpass"} and c.i > verb.i]
    return _joined(verb, [*objects, *named])


def _object(verb: Token, cue: Cue) -> tuple[Span, ...]:
    objects = [c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i and c.tag_ not in {"WP", "WDT"}]
    if not objects:
        return ()
    tails = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in cue.prepositions and c.i > objects[-1].i]
    tails += [c for c in verb.children if c.dep_ == "xcomp" and c.i > objects[-1].i]
    return _joined(verb, [*objects, *tails])


def _joined(verb: Token, parts: list[Token]) -> tuple[Span, ...]:
    spans = [span for part in parts for span in clause_spans(part)]
    if not spans:
        return ()
    begin, end = min(s[0] for s in spans), max(s[1] for s in spans)
    if begin < verb.idx < end:
        return tuple(spans)
    return ((begin, end),)


def _after_preposition(verb: Token, cue: Cue) -> Matched:
    for child in verb.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in cue.prepositions and child.i > verb.i:
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    near = child.i - verb.i <= _NEAR
                    asked = [
                        c for c in verb.children if c.dep_ in {"xcomp", "advcl"} and c.i > inner.i and _is_infinitive(c)
                    ]
                    return Matched(_joined(verb, [inner, *asked]), child if near else None, child.lower_)
    return Matched()


def _passive_content(verb: Token, cue: Cue, lexicon: Lexicon) -> Matched:
    """ "It was announced that", "the raid was condemned", "the army is expected to attack"."""
    if clause := _clause(verb, cue, lexicon):
        return Matched(clause, frame="clause")
    subjects = [c for c in verb.children if c.dep_ == "nsubjpass" and c.lower_ not in _EXPLETIVE]
    own = () if cue.hearer else tuple(span for s in subjects for span in clause_spans(s))
    inner = [c for c in verb.children if c.dep_ in {"xcomp", "oprd"}]
    if inner and cue.frames & {"infinitive", "clause", "complement", "passive"}:
        return Matched((*own, *(span for c in inner for span in clause_spans(c))), frame="infinitive")
    if "passive" not in cue.frames or not own:
        return Matched()
    tail = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ in cue.prepositions), None)
    if tail is None:
        return Matched(own, frame="passive")
    near = 0 < tail.i - verb.i <= _NEAR
    rest = [span for c in (tail.children if near else [tail]) for span in clause_spans(c)]
    return Matched((*own, *rest), tail if near else None, "passive")


def _source(verb: Token, lexicon: Lexicon, *, passive: bool) -> tuple[Token | None, Span | None]:
    if passive:
        agents = agent_of_passive(verb)
        return (agents[0], source_span(agents[0])) if agents else (None, None)
    relative = _relative_subject(verb)
    if relative is not None:
        return relative, span_of(relative)
    resumed = _resumed(verb, lexicon)
    heads = [head for head in subjects_of(resumed) if head.lower_ != "there"]
    heads = heads or _beside(verb)
    return (heads[0], source_span(heads[0], speaks=resumed)) if heads else (None, None)


def _beside(verb: Token) -> list[Token]:
    """ "…, said X" and "…" X said", where the parser has not seen that X is the subject."""
    doc = verb.doc
    objects = [c for c in verb.children if c.dep_ in {"dobj", "attr", "npadvmod"} and c.i == verb.i + 1 + _width(c)]
    if objects:
        return objects[:1]
    left = verb.i - 1
    while left >= 0 and doc[left].dep_ in {"aux", "advmod", "neg"}:
        left -= 1
    if left >= 0 and doc[left].pos_ in {"PROPN", "NOUN", "PRON"} and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        head = doc[left]
        while (
            head.dep_ in {"compound", "appos", "flat", "conj"}
            and head.head.i < verb.i
            and head.head.pos_ in {"PROPN", "NOUN"}
        ):
            head = head.head
        return [head]
    return []


def _width(head: Token) -> int:
    """Tokens of a noun phrase before its head."""
    return head.i - head.left_edge.i


def _relative_subject(verb: Token) -> Token | None:
    """ "who" or "which", where the verb's clause describes its speaker."""
    for link in verb_chain(verb):
        for child in link.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                return child if child.tag_ in {"WP", "WDT"} and link.dep_ == "relcl" else None
    return None


def _hearers(verb: Token, cue: Cue, *, passive: bool) -> tuple[Token, ...]:
    if passive:
        return tuple(c for c in verb.children if c.dep_ == "nsubjpass") if cue.hearer else ()
    out = [c for c in verb.children if c.dep_ in {"dobj", "dative"} and c.i > verb.i] if cue.hearer else []
    for child in verb.children:
        if child.dep_ == "ccomp" and cue.hearer and child.tag_ == "VB":
            out += [c for c in child.children if c.dep_ == "nsubj"]
        if child.dep_ in {"prep", "dative"} and child.lower_ == "to":
            out += [c for c in child.children if c.dep_ == "pobj"]
    return tuple(out)
