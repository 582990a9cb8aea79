"""What do the words do? Article text → sentences, tokens, parse. Read once, shared by every later room."""

from dateline.language.encoder import encoder_digest, load_encoder
from dateline.language.entities import entities_digest
from dateline.language.parse import load_parser, parseable, pipeline_digest, pipeline_package
from dateline.language.syntax import (
    agent_of_passive,
    conjuncts,
    is_negated,
    is_passive,
    noun_phrase,
    objects_of,
    prepositional_objects,
    sentence_span,
    span_of,
    subjects_of,
    verb_chain,
)

__all__ = [
    "agent_of_passive",
    "conjuncts",
    "encoder_digest",
    "entities_digest",
    "is_negated",
    "is_passive",
    "load_encoder",
    "load_parser",
    "noun_phrase",
    "objects_of",
    "parseable",
    "pipeline_digest",
    "pipeline_package",
    "prepositional_objects",
    "sentence_span",
    "span_of",
    "subjects_of",
    "verb_chain",
]
