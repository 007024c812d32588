"""Pictures for chats: a quote card, a formula as it changed, a word cloud, a heat map and two charts, as PNG bytes.

Pure functions, safe in threads; the only thing kept between calls is a cache of fonts and the seal. Distances are
pixels or ems, set by eye where nothing else is said, see docs/numbers.md.
"""

from bot.pictures.card import quote_card
from bot.pictures.cloud import word_cloud
from bot.pictures.comparison import comparison_chart
from bot.pictures.days import daily_bars
from bot.pictures.formula import formula_card
from bot.pictures.heat import heat_map
from bot.pictures.picture_error import PictureError, TooLong

__all__ = [
    "PictureError",
    "TooLong",
    "comparison_chart",
    "daily_bars",
    "formula_card",
    "heat_map",
    "quote_card",
    "word_cloud",
]
