"""Which language is the text in? Only as sure as the text is long."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Shorter texts are not judged: names and numbers alone mislead the identifier. In letters.
MIN_LETTERS = 60
# What is looked at, in characters.
_SAMPLE = 3000
# A text in Latin letters counts as another language from this probability; below it stays unknown, and is coded.
# English headlines of the development data get up to 0.76 for another language, German sentences 0.98.
_SURE = 0.9
# Last code point of Latin Extended-B.
_LAST_LATIN = 0x24F


def identify_language(text: str) -> str | None:
    """ISO 639-1 code, or None where the text is too short or the identifier not sure."""
    sample = text[:_SAMPLE]
    if sum(char.isalpha() for char in sample) < MIN_LETTERS:
        return None
    language, probability = _identifier().classify(sample)
    sure = language == "en" or probability >= _SURE or _mostly_other_script(sample)
    return str(language) if sure else None


def _mostly_other_script(sample: str) -> bool:
    letters = [char for char in sample if char.isalpha()]
    return sum(ord(char) > _LAST_LATIN for char in letters) > len(letters) / 2


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
