"""``baltic open``: show what was built."""

import click

from baltic_calculus.cli.output import project


@click.command("open")
@click.argument("what", default="site", metavar="[site|pdf|PAGE]")
def open_product(what: str) -> None:
    """Open the published site in the browser, the PDF, or one page as spending-trends."""
    from baltic_calculus.errors import ConfigurationError

    build = project() / "_build"
    pages = {path.relative_to(build / "site").with_suffix("").as_posix(): path for path in build.glob("site/**/*.html")}
    products = {"site": build / "site" / "index.html", "pdf": build / "report.pdf"}
    path = products.get(what) or pages.get(what.removesuffix(".html"))
    if path is None:
        raise ConfigurationError(
            f"there is no page {what!r}",
            where=str(build / "site"),
            remedy=f"choose from: {', '.join(['site', 'pdf', *sorted(pages)])}" if pages else "run: baltic build",
        )
    if not path.exists():
        name = "PDF" if what == "pdf" else "site"
        raise ConfigurationError(f"there is no {name} yet", where=str(path), remedy="run: baltic build")
    click.launch(path.as_uri())
