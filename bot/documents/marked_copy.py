"""A draft with what was checked marked in it, as text and as a page."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence

from retrieval import Checked, StatementState, corrections

SIGNS: dict[StatementState, str] = {"same": "✓", "differs": "≈", "absent": "✗"}
Where = Callable[[Checked], str]  # what is said about a statement: where it stands, or that it stands nowhere
_STYLE = (
    "body{max-width:44em;margin:2em auto;padding:0 1em;line-height:1.8;white-space:pre-wrap;overflow-wrap:anywhere;font-family:serif}"
    ".same{background:#e3f4e3}.differs{background:#fdf3d0}.absent{background:#fbdfdc}"
    "del{color:#b3261e}ins{color:#1a6b2a}small{color:#666;font-family:sans-serif}"
)


def marked_text(draft: str, checked: Sequence[Checked], where: Where) -> str:
    """The draft as plain text: 〔-struck out-〕〔+put in+〕, and behind each statement its sign and place."""
    return "".join(_plain(piece, where) if isinstance(piece, Checked) else piece for piece in _pieces(draft, checked))


def marked_page(draft: str, checked: Sequence[Checked], where: Where, title: str) -> str:
    """The draft as a page of its own, without scripts or anything to load."""
    body = "".join(_element(piece, where) if isinstance(piece, Checked) else html.escape(piece) for piece in _pieces(draft, checked))
    metas = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    head = f'<!doctype html><html lang="zh">{metas}<title>{html.escape(title)}</title><style>{_STYLE}</style>'
    return f"{head}<body>{body}</body></html>\n"


def _pieces(draft: str, checked: Sequence[Checked]) -> Iterator[str | Checked]:
    """The draft in order: what was checked, and what lies between."""
    at = 0
    for one in checked:
        yield draft[at : one.statement.span.start]
        yield one
        at = one.statement.span.end
    yield draft[at:]


def _plain(one: Checked, where: Where) -> str:
    form = {"kept": "{}", "struck": "〔-{}-〕", "put in": "〔+{}+〕"}
    words = "".join(form[piece.kind].format(piece.text) for piece in corrections(one.statement.text, one.changed))
    return f"{words}〔{SIGNS[one.state]} {where(one)}〕"


def _element(one: Checked, where: Where) -> str:
    form = {"kept": "{}", "struck": "<del>{}</del>", "put in": "<ins>{}</ins>"}
    words = "".join(form[piece.kind].format(html.escape(piece.text)) for piece in corrections(one.statement.text, one.changed))
    return f'<span class="{one.state}">{words}</span><small> {SIGNS[one.state]} {html.escape(where(one))}</small>'
