"""The text is cut where marks begin and end; nothing of it is lost, and spans count code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk.marks import Mark, Piece, marks_of, paragraphs, pieces
from dateline.records import Coded, CoderInfo
from tests_desk import Article, hostile, shelling, wide, words_at  # noqa: F401
