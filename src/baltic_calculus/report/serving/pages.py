"""What the server answers for an address: a file of the site, a page with the live script in it, or why not."""

import mimetypes
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from baltic_calculus.report.publish import PARTIAL

OWN = "/-/"
"""Beginning of the server's own addresses; no file of a site begins so."""

KINDS = {
    ".bib": "text/plain; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Said here, because what Python knows of types depends on the machine."""

WAITING = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title><link rel="stylesheet" href="/-/live.css"></head>
<body class="waiting"><main><h1>{title}</h1><p>{text}</p></main></body>
</html>
"""


@dataclass(frozen=True)
class Answer:
    """An answer to a browser.

    Attributes
    ----------
    status : int
        200, 301 for a folder named without its slash, 403 for what lies outside the site, 404.
    kind : str
        Content type.
    content : bytes
        The body.
    location : str
        Where to go instead, with 301.
    """

    status: int
    kind: str
    content: bytes
    location: str = ""


class Pages:
    """The site in a build folder, as it is at the moment of each question.

    Parameters
    ----------
    build : Path
        The build folder.
    """

    def __init__(self, build: Path) -> None:
        self.build = build

    @property
    def folder(self) -> Path:
        """The last good site; the partial one as long as there is no other."""
        site = self.build / "site"
        return site if site.exists() or not (self.build / PARTIAL).exists() else self.build / PARTIAL

    @property
    def version(self) -> str:
        """What differs between two builds of the site; empty when there is none."""
        try:
            stat = self.folder.stat()
        except FileNotFoundError:
            return ""
        return f"{self.folder.name}-{stat.st_ino}-{stat.st_mtime_ns}"

    def answer(self, address: str) -> Answer:
        """Answer for the path of an address, as the browser sent it.

        Parameters
        ----------
        address : str
            The path with its leading slash, percent-encoded, without query.
        """
        version = self.version  # before the page is read: one that is replaced meanwhile is loaded again
        folder = self.folder.resolve()
        name = unquote(address).lstrip("/")
        if "\0" in name or "\\" in name:
            return self._page(403, "Refused", "There is no such address.", version)
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            return self._page(403, "Refused", "That lies outside the site.", version)
        if path.is_dir() and (path / "index.html").exists():
            if name and not name.endswith("/"):
                return Answer(301, KINDS[".html"], b"", f"/{path.relative_to(folder).as_posix()}/")
            path /= "index.html"
        try:
            content = path.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            if not version:
                return self._page(200, "The report is being built", "It appears here when it is done.", version)
            return self._page(404, "Not found", f"The site has no page {name}.", version)
        kind = KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        if path.suffix == ".html":
            content = with_live_script(content, version)
        return Answer(200, kind, content)

    def _page(self, status: int, title: str, text: str, version: str) -> Answer:
        from html import escape

        page = WAITING.format(title=escape(title), text=escape(text))
        return Answer(status, KINDS[".html"], with_live_script(page.encode(), version))


def with_live_script(page: bytes, version: str) -> bytes:
    """Put the script that reloads into a page; the files of the site never hold it."""
    script = f'<script src="{OWN}live.js" data-version="{version}" defer></script>'.encode()
    before, body, after = page.rpartition(b"</body>")
    return before + script + body + after if body else page + script
