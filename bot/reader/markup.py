"""HTML put together from text: whatever is not markup already is escaped."""

from __future__ import annotations

_REPLACEMENT = "\ufffd"
# A browser drops NUL, turns a carriage return into a line feed, and cannot be sent half a pair: places on the page would shift.
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;", "\0": _REPLACEMENT}
    | {chr(code): _REPLACEMENT for code in range(0xD800, 0xE000)}
)
_VOID = frozenset({"meta", "link", "input"})


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


def escaped(text: str) -> Html:
    """Text as markup; characters that no page can hold are replaced one for one.

    >>> escaped("<b>&")
    '&lt;b&gt;&amp;'
    """
    return text if isinstance(text, Html) else Html(text.translate(_ESCAPES))


def joined(*content: str, between: str = "") -> Html:
    """Pieces one after another, those that are no markup escaped."""
    return Html(between.join(map(escaped, content)))


def tag(name: str, /, *content: str, **attributes: str | int | bool) -> Html:
    """An element. Attributes: `cls` is class, `_` stands for `-`; False and "" are left out, True is without a value.

    >>> tag("a", "1 < 2", href="/read?a=1&b=2", cls="", hidden=True)
    '<a href="/read?a=1&amp;b=2" hidden>1 &lt; 2</a>'
    """
    opened = f"<{name}{''.join(_attribute(key, value) for key, value in attributes.items())}>"
    return Html(opened if name in _VOID else f"{opened}{joined(*content)}</{name}>")


def _attribute(key: str, value: str | int | bool) -> str:
    name = "class" if key == "cls" else key.strip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{escaped(str(value))}"' if value is not False and value != "" else ""
