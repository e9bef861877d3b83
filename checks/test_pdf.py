"""The PDF, in every paper size that was made."""

from pathlib import Path

from checks import pdf as checker
from checks.build import Build
from checks.captions import site_captions
from checks.findings import Findings


def test_pdf_keeps_to_its_standards(pdf: Path, findings: Findings) -> None:
    findings.add(checker.NAME, checker.version(), [pdf.name], checker.check_conformance([pdf]))
    findings.settle()


def test_pdf_brings_its_fonts(pdf: Path, findings: Findings) -> None:
    findings.add("pdffonts", "", [pdf.name], checker.check_fonts(pdf))
    findings.settle()


def test_pdf_holds_every_caption_of_the_site(build: Build, pdf: Path, findings: Findings) -> None:
    captions = site_captions(build)
    assert captions, "the site has no exhibit with a caption"
    findings.add("pdftotext", "", [pdf.name], checker.missing_captions(pdf, captions))
    findings.settle()
