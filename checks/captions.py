"""Numbers and captions of the exhibits that site and PDF share, as the site prints them."""

from lxml import html

from checks.build import Build

PARTS = ("exhibit-number", "exhibit-title")


def site_captions(build: Build) -> list[str]:
    """Each exhibit's number and title, once; those of pages in a folder are the site's alone."""
    found = []
    for name in build.chapters:
        for caption in html.parse(build.site / name).getroot().findall(".//figcaption"):
            parts = [" ".join(part.text_content().split()) for word in PARTS for part in caption.find_class(word)]
            if parts:
                found.append(" ".join(parts))
    return list(dict.fromkeys(found))
