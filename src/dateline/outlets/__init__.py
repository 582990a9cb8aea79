"""How does an outlet name each party, and which loaded words does it use, beside all other outlets of a dataset?"""

from dateline.outlets.report import KINDS, Instance, Kind, Line, Report, instances, outlets_of, report
from dateline.outlets.shares import Share, difference
from dateline.outlets.show import as_object, report_json, report_lines

__all__ = [
    "KINDS", "Instance", "Kind", "Line", "Report", "Share", "as_object", "difference", "instances", "outlets_of", "report", "report_json",
    "report_lines",
]  # fmt: skip
