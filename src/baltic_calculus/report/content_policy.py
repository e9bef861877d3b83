"""What a page may load and run: its own files, and no code from elsewhere or in its text.

The policy stands in every page, so that it holds wherever the page lies, also in a folder. A server that reads a file
``_headers`` (Netlify, Cloudflare Pages) sends it as well, with what a page cannot say of itself.

Charts need no exception: vega-embed brings an interpreter of Vega's expressions (``ast: true`` in charts.js), so that
nothing is compiled from text, and ``unsafe-eval`` stays out.
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

HEADERS = "_headers"

_OWN = "'self' file:"
"""The site itself. In a folder, where files have no origin, not every browser takes them for ``'self'``; on a server
``file:`` allows nothing, for a page from the network may not load files."""

_ALWAYS = {"base-uri": "'none'", "form-action": "'none'"}
"""No page moves the place that its links begin at, and none sends anything."""

_SITE = {
    "default-src": "'none'",
    "script-src": _OWN,
    "style-src": _OWN,
    "img-src": _OWN,
    "font-src": _OWN,
    "connect-src": "'self'",  # the socket of `baltic serve`
    **_ALWAYS,
}
_SERVED = {"script-src": "'self'", "object-src": "'none'", **_ALWAYS, "frame-ancestors": "'self'"}
"""Of all files, not of pages alone: a chart that is opened by itself keeps the styles and letters that are in it."""


def site_policy() -> str:
    """The policy of the pages of a site, for a ``meta`` element.

    Examples
    --------
    >>> site_policy().split("; ")[:2]
    ["default-src 'none'", "script-src 'self' file:"]
    """
    return _policy(_SITE)


def single_page_policy(style: str) -> str:
    """The policy of a page that is one file without scripts.

    Parameters
    ----------
    style : str
        What stands in its one ``style`` element, of which the policy has the digest.
    """
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return _policy({"default-src": "'none'", "style-src": f"'sha256-{digest}'", "font-src": "data:", **_ALWAYS})


def write_headers(site: Path) -> None:
    """Lay ``_headers`` into a site: no code from elsewhere, no frame around it but its own, no guessing of types."""
    headers = {
        "Content-Security-Policy": _policy(_SERVED),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
    }
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    (site / HEADERS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())
