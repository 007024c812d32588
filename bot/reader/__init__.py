"""Pages of the speeches for a browser: read, searched, compared, quotes lit up where they stand."""

from bot.reader.reader_routes import TELEGRAM, add_reader
from bot.reader.site_export import NotOurFolder, export_site

__all__ = ["TELEGRAM", "NotOurFolder", "add_reader", "export_site"]
