"""The quote card: a passage of a speech, set like a page of a fine book."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from PIL import Image, ImageDraw

from bot.pictures import canvas
from bot.pictures.canvas import WIDTH
from bot.pictures.captions import fitted, label_lines
from bot.pictures.fonts import GETA, font
from bot.pictures.linebreak import Alignment, Broken
from bot.pictures.picture_error import check_count
from bot.pictures.printable import printable
from bot.pictures.seal import stamp
from bot.pictures.typesetting import Cutter, TextStyle, draw_block, draw_text, lay_out, text_width

LIMIT = 360  # characters of a quote: eighteen lines of the smallest type
# Pixels, by eye, on cards of thirty sentences of the six speeches.
_MARGIN = 124
_TEXT_WIDTH = WIDTH - 2 * _MARGIN
_FRAME = 40
_MARK_BASELINE = 376
_TOP = 276  # first line's upper edge
_FOOT = 316  # from the block's lower edge to that of the card
_FOOT_RULE = 246  # from the rule to the lower edge
_SEAL_WIDTH = 68
_LEAST_HEIGHT = 1080

# Pixels of type and how high a block of it may be: short quotes large, long ones small and the card taller.
_SIZES = ((92, 330), (82, 420), (72, 480), (64, 560), (56, 640), (50, 720), (45, 900), (40, 10_000))
_SMALLER_COST = 0.03  # per step, by eye: a smaller size must break this much better (see linebreak) to be chosen
_RIVALS = 3  # smaller sizes tried; the fourth would cost 0.12, what a break inside a clause does
_RAGGED_LINES = 6  # more lines than this are a block with straight edges, by eye
_LEADING = 1.68  # ems between baselines, by eye; Chinese needs air between lines that have none between words


@dataclass(frozen=True, slots=True)
class Plan:
    """A quote laid out: its type, lines, pixels between baselines."""

    style: TextStyle
    alignment: Alignment
    broken: Broken
    leading: int

    @property
    def height(self) -> int:
        """Pixels from the upper edge of the first line to the lower edge of the last."""
        return self.leading * (len(self.broken.lines) - 1) + self.style.pixels


def quote_card(text: str, source: str, code: str, language: str = "zh", cut: Cutter | None = None) -> bytes:
    """A PNG, 1080 pixels wide and at least as high, of a quote with its source line and link code.

    language: of the source line, "zh" or "en"; decides the dash before it. cut: text → its words, which the
    lines then keep whole where they can. A source over two lines and a code over one are cut with an
    ellipsis; characters that the font lacks show as 〓. Raises TooLong (its `limit` is the most characters a
    quote may have), Empty for one of which nothing can be shown.
    """
    check_count("quote", len(text.strip()), LIMIT)  # before work that grows with the text
    quote = printable(text, "serif")
    check_count("quote", len(quote.replace(GETA, "").strip()) and len(quote), LIMIT)
    laid = plan(quote, cut(quote) if cut else ())
    height = max(_LEAST_HEIGHT, _TOP + laid.height + _FOOT)
    image, draw = canvas.new(WIDTH, height)
    top = _TOP + (height - _FOOT - _TOP - laid.height) // 2
    _frame(draw, height)
    _opening_mark(draw)
    draw_block(
        draw,
        _MARGIN,
        top + laid.style.pixels * 0.88,
        laid.broken,
        laid.style,
        laid.leading,
        justify_to=_TEXT_WIDTH if laid.alignment == "justified" else 0,
    )
    _rule_and_seal(image, draw)
    _source(draw, height - _FOOT_RULE, source, code, language, cut)
    return canvas.png(image)


def plan(quote: str, words: Sequence[str] = ()) -> Plan:
    """The largest type whose lines fit, or a smaller one that breaks much better."""
    fitting = _fitting(quote, words)
    first = next(fitting)
    if first.alignment == "justified":
        return first
    ranked = [first, *(p for p in islice(fitting, _RIVALS) if p.alignment == "ragged")]
    return min(ranked, key=lambda p: p.broken.cost + _SMALLER_COST * ranked.index(p))


def _fitting(quote: str, words: Sequence[str]) -> Iterator[Plan]:
    for pixels, highest in _SIZES:
        candidate = _plan(quote, pixels, words)
        if candidate.height <= highest:
            yield candidate


def _plan(quote: str, pixels: int, words: Sequence[str]) -> Plan:
    style = TextStyle("serif", pixels, canvas.INK)
    leading = round(pixels * _LEADING)
    ragged = lay_out(quote, style, _TEXT_WIDTH, "ragged", words)
    if len(ragged.lines) <= _RAGGED_LINES:
        return Plan(style, "ragged", ragged, leading)
    return Plan(style, "justified", lay_out(quote, style, _TEXT_WIDTH, "justified", words), leading)


def _opening_mark(draw: ImageDraw.ImageDraw) -> None:
    """A large “ above the text, its ink flush with the margin."""
    face = font("serif", 300)
    left, _, _, _ = face.getmask("“").getbbox()
    place = (_MARGIN - left, _MARK_BASELINE)
    draw.text(place, "“", fill=canvas.blend(canvas.PAPER, canvas.SEAL, 0.32), font=face, anchor="ls")


def _rule_and_seal(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    rule = image.height - _FOOT_RULE
    draw.line((_MARGIN, rule, WIDTH - _MARGIN, rule), fill=canvas.FAINT, width=2)
    stamp(image, WIDTH - _MARGIN, rule + 150, _SEAL_WIDTH)


def _source(draw: ImageDraw.ImageDraw, rule: int, source: str, code: str, language: str, cut: Cutter | None) -> None:
    """Dash, source and, below it, the code, under the rule."""
    style, small = TextStyle("serif", 31, canvas.SOFT_INK), TextStyle("sans", 24, canvas.SOFT_INK)
    room = WIDTH - 2 * _MARGIN - 110
    dash = "—" if language == "en" else "——"
    indent = text_width(dash, style) + 10 if source else 0
    lines = label_lines(source, room - indent, style, cut)
    if lines.lines:
        draw_text(draw, _MARGIN, rule + 64, dash, style)
    draw_block(draw, _MARGIN + indent, rule + 64, lines, style, 46)
    below = rule + 66 + 46 * len(lines.lines)
    draw_text(draw, _MARGIN + indent, below, fitted(code, small, room - indent), small)


def _frame(draw: ImageDraw.ImageDraw, height: int) -> None:
    draw.rectangle((_FRAME, _FRAME, WIDTH - _FRAME, height - _FRAME), outline=canvas.FAINT, width=2)
