"""The desk: pages and a JSON API over a dataset, for reading records beside their words. The extra ``dateline[desk]``."""

from dateline.desk.app import make_app
from dateline.desk.server import serve

__all__ = ["make_app", "serve"]
