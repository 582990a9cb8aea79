"""How well do dateline's events agree with people's? Its events against a hand-coded table: ``dateline evaluate``."""

from dateline.evaluation.evaluate import Detail, Evaluation, LeftOut, Score, evaluate
from dateline.evaluation.measures import Estimate
from dateline.evaluation.show import evaluation_json, evaluation_lines, write_disagreements

__all__ = [
    "Detail",
    "Estimate",
    "Evaluation",
    "LeftOut",
    "Score",
    "evaluate",
    "evaluation_json",
    "evaluation_lines",
    "write_disagreements",
]
