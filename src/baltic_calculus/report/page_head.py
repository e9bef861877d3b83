"""What the head of a page tells machines: how to cite it, how to show a link to it, and its linked data."""

from dataclasses import dataclass, field

from markupsafe import Markup

from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import Edition
from baltic_calculus.report.jsonld import Addresses, chapter_graph, evidence_graph, report_graph, script_content
from baltic_calculus.report.licence import report_licence
from baltic_calculus.report.social_card import CARD, CARD_HEIGHT, CARD_WIDTH

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PageHead:
    """Entries for the head of one page.

    Attributes
    ----------
    names : tuple of pairs of str
        ``meta`` elements with a name: those that reference managers read (Highwire Press, Dublin Core), and Twitter's.
    properties : tuple of pairs of str
        ``meta`` elements with a property: Open Graph.
    canonical : str
        The one address of the page; empty while it is not known where the site is published.
    linked_data : Markup
        JSON-LD; empty when the page has nothing of its own to describe.
    """

    names: Pairs
    properties: Pairs
    canonical: str = ""
    linked_data: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class PageHeads:
    """Makes the heads of all pages of a site.

    Attributes
    ----------
    document : Document
        The chapters that were built.
    edition : Edition
        The edition.
    has_pdf : bool
        Whether ``report.pdf`` lies beside the pages.
    """

    document: Document
    edition: Edition
    has_pdf: bool

    @property
    def config(self) -> ReportConfig:
        """The report's configuration."""
        return self.document.config

    def landing(self) -> PageHead:
        """Head of the landing page."""
        config, addresses = self.config, Addresses(self.config.address)
        names = [
            ("citation_title", f"{config.title}: {config.subtitle}"),
            *self._issued(),
            ("citation_technical_report_institution", config.institute),
            *(("citation_keywords", word) for word in config.keywords),
            ("dcterms.title", f"{config.title}: {config.subtitle}"),
            *(("dcterms.creator", author) for author in config.authors),
            ("dcterms.publisher", config.institute),
            ("dcterms.issued", config.date.isoformat()),
            ("dcterms.language", config.language),
            ("dcterms.license", report_licence(config.licence).path),
        ]
        if config.address and self.has_pdf:
            names.append(("citation_pdf_url", addresses.to("report.pdf")))
        return PageHead(
            _filled(names + self._card()),
            self._open_graph("website", config.title, config.abstract, "index.html"),
            self._canonical("index.html"),
            script_content(report_graph(self.document, self.edition, addresses, has_pdf=self.has_pdf)),
        )

    def chapter(self, chapter: Chapter) -> PageHead:
        """Head of a chapter's page."""
        config, page = self.config, chapter.page
        names = [
            ("citation_title", chapter.title),
            ("citation_inbook_title", f"{config.title}: {config.subtitle}"),
            *self._issued(),
            ("citation_publisher", config.institute),
        ]
        if config.address:
            names.append(("citation_fulltext_html_url", config.address + page.href))
        addresses = Addresses(config.address, _up(page.href))
        return PageHead(
            _filled(names + self._card()),
            self._open_graph("article", chapter.title, chapter.description, page.href),
            self._canonical(page.href),
            script_content(chapter_graph(self.document, chapter, addresses)),
        )

    def evidence(self, chapter: Chapter, href: str, title: str, description: str) -> PageHead:
        """Head of the page at ``href`` that shows the data of a chapter's exhibits."""
        addresses = Addresses(self.config.address, _up(href))
        return PageHead(
            _filled(self._card()),
            self._open_graph("article", title, description, href),
            self._canonical(href),
            script_content(evidence_graph(self.document, chapter, addresses)) if chapter.exhibits else Markup(),
        )

    def _issued(self) -> list[tuple[str, str]]:
        config = self.config
        return [
            *(("citation_author", author) for author in config.authors),
            ("citation_publication_date", config.date.strftime("%Y/%m/%d")),
            ("citation_language", config.language.partition("-")[0]),
        ]

    def _card(self) -> list[tuple[str, str]]:
        return [("twitter:card", "summary_large_image" if self.config.address else "summary")]

    def _canonical(self, href: str) -> str:
        return Addresses(self.config.address).to(href) if self.config.address else ""

    def _open_graph(self, kind: str, title: str, description: str, href: str) -> Pairs:
        config = self.config
        entries = [
            ("og:type", kind),
            ("og:title", title),
            ("og:description", description),
            ("og:site_name", config.title),
            ("og:locale", config.language.replace("-", "_")),
        ]
        if kind == "article":
            entries.append(("article:published_time", config.date.isoformat()))
        if config.address:
            # both must be whole addresses: whoever shows the link is not on the site
            entries += [
                ("og:url", self._canonical(href)),
                ("og:image", config.address + CARD),
                ("og:image:type", "image/png"),
                ("og:image:width", str(CARD_WIDTH)),
                ("og:image:height", str(CARD_HEIGHT)),
                ("og:image:alt", f"{config.title}: {config.subtitle}. {config.edition}."),
            ]
        return _filled(entries)


def _up(href: str) -> str:
    return "../" * href.count("/")


def _filled(pairs: list[tuple[str, str]]) -> Pairs:
    return tuple((name, content) for name, content in pairs if content)
