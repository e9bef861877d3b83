"""Publisher's files -> reader -> the dataset's columns -> validation -> vintage. The report's table stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from baltic_calculus.catalog.comparison import Comparison
from baltic_calculus.catalog.connector import Connector, area_codes
from baltic_calculus.catalog.fetched import Document
from baltic_calculus.catalog.side import Side, compare_frames
from baltic_calculus.catalog.vintage import Original, Vintage, free_name, list_vintages, sha256
from baltic_calculus.catalog.vintage_table import check_table, write_table
from baltic_calculus.errors import DataError
from baltic_calculus.sources.publication import KEYS, Publication

if TYPE_CHECKING:
    from baltic_calculus.catalog.catalog import Catalog


@dataclass(frozen=True)
class Outcome:
    """What a refresh found.

    Attributes
    ----------
    vintage : Vintage
        Record of what was read; of the vintage that is stored already, when the same numbers are one.
    table : bytes
        Its table; empty when it is stored already.
    comparison : Comparison or None
        With the report's table; None when it is stored already.
    """

    vintage: Vintage
    table: bytes
    comparison: Comparison | None


def refresh(
    catalog: "Catalog", connector: Connector, documents: Sequence[Document], read_on: str, edition: str = ""
) -> Outcome:
    """Read what a publisher sent and make a vintage of it, which is not stored yet.

    Parameters
    ----------
    documents : sequence of Document
        All files of one edition.
    read_on : str
        Day on which they were fetched (ISO 8601).
    edition : str, optional
        What the publisher calls it, where the files do not say.

    Raises
    ------
    DataError
        When a file is not what the publisher is known to send, the files are of different definitions, or the table
        breaks a rule of the dataset.
    """
    stored = [each for each in list_vintages(catalog, connector.record.name) if each.connector == connector.name]
    originals = tuple(document.original() for document in documents)
    publication = _read(connector, documents, area_codes(catalog), edition)
    for each in stored:
        if each.edition == publication.edition:
            _, table = _shape(connector, publication, originals, read_on, each.name)
            if sha256(table) == each.sha256:
                return Outcome(each, b"", None)
    prefix = f"{connector.name} " if connector.refresh.label else ""
    name = free_name(catalog.root, connector.record.name, prefix + (publication.published or publication.edition))
    vintage, table = _shape(connector, publication, originals, read_on, name)
    try:
        checked = check_table(catalog, vintage, table)
    except DataError as error:
        raise DataError(
            error.what,
            where=", ".join(document.name for document in documents),
            remedy="nothing was kept. Compare the cells with the publisher's own; describe what is right after all in "
            f"the record of {vintage.dataset} (known_outliers, measures) and refresh again",
        ) from error
    side = Side(connector.record.name, connector.record, None)
    comparison = compare_frames(catalog, side, Side(vintage.address, connector.record, vintage), checked)
    return Outcome(vintage, table, comparison)


def _read(connector: Connector, documents: Sequence[Document], areas: dict[str, str], edition: str) -> Publication:
    """All files of an edition as one publication."""
    reader = connector.reader(edition)
    read = []
    for document in documents:
        try:
            read.append(reader(document.content, areas))
        except DataError as error:
            where = f"{document.name}: {error.where}" if error.where else document.name
            raise DataError(error.what, where=where, remedy=error.remedy) from error
    definitions = sorted({each.definition for each in read})
    if len(definitions) > 1:
        raise DataError(
            f"the files count different things: {'; '.join(definitions)}",
            where=", ".join(document.name for document in documents),
            remedy="refresh with the files of one table and edition",
        )
    frame = pd.concat([each.frame for each in read], ignore_index=True)
    twice = frame[frame.duplicated(list(KEYS))]
    if not twice.empty:
        raise DataError(
            "two files hold the same number: " + " ".join(str(twice.iloc[0][key]) for key in KEYS),
            where=", ".join(document.name for document in documents),
            remedy="refresh with files that do not overlap",
        )
    first = read[0]
    return Publication(
        frame=frame.sort_values(list(KEYS), ignore_index=True),
        publisher=first.publisher,
        title=first.title,
        edition="; ".join(dict.fromkeys(each.edition for each in read)),
        definition=first.definition,
        published=max(each.published for each in read),
        remarks=tuple(dict.fromkeys(remark for each in read for remark in each.remarks)),
    )


def _shape(
    connector: Connector, publication: Publication, originals: tuple[Original, ...], read_on: str, name: str
) -> tuple[Vintage, bytes]:
    """The record of a vintage and its table in the dataset's columns, sorted by its keys."""
    record, settings = connector.record, connector.refresh
    frame, remarks = _kept_rows(connector, publication.frame)
    published = publication.published
    label = settings.label.replace("{edition}", publication.edition)
    key = f"{settings.key}_{name.upper()}".replace("-", "_").replace(".", "_")
    source = {
        "source": key,
        "publisher": publication.publisher,
        "title": f"{publication.title}, {publication.edition}",
        "url": originals[0].name if originals[0].name.startswith("https://") else record.landing_page,
        "published": published,
        "read": read_on,
        "licence": record.licence,
        "class": "official",
    }
    frame = frame.assign(source=key, vintage=label, flag=frame["flag"].replace(settings.flags))
    table = write_table(frame.sort_values(list(record.keys)), record.columns)
    sums = "; ".join(f"{original.name}, sha256 {original.sha256[:12]}" for original in originals)
    vintage = Vintage(
        dataset=record.name,
        name=name,
        connector=connector.name,
        edition=publication.edition,
        definition=publication.definition,
        published=published,
        read=read_on,
        download=source["url"] if len(originals) == 1 and source["url"] != record.landing_page else "",
        read_from=f"The publisher's own file: {sums}." if len(originals) == 1 else f"The publisher's answers: {sums}.",
        years=(int(frame["year"].min()), int(frame["year"].max())),
        price_bases=dict(zip(frame["measure"], frame["price_basis"], strict=True)),
        label=label,
        source=source,
        originals=originals,
        remarks=(*remarks, *publication.remarks),
        sha256=sha256(table),
    )
    return vintage, table


def _kept_rows(connector: Connector, frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows that the dataset takes, and what is said of the others."""
    keeps, record = connector.refresh.keeps, connector.record
    measures = set(keeps.measures) or set(record.measures)
    remarks = []
    if unknown := sorted(set(frame["measure"]) - set(record.measures)):
        remarks.append(f"measures that the record does not describe, left out: {', '.join(unknown)}")
    kept = frame[frame["measure"].isin(measures)]
    if keeps.countries:
        kept = kept[kept["iso3"].isin(keeps.countries)]
        if missing := sorted(set(keeps.countries) - set(kept["iso3"])):
            remarks.append(f"countries of the record that are not in it: {', '.join(missing)}")
    if keeps.first_year:
        kept = kept[kept["year"].ge(keeps.first_year)]
    if empty := int(kept["value"].isna().sum()):
        remarks.append(f"{empty} cells without a number, left out")
    kept = kept[kept["value"].notna()]
    if kept.empty:
        raise DataError(
            f"nothing of it is for {record.name}: measures {', '.join(sorted(set(frame['measure'])))}",
            where=f"data/catalog.yaml: {record.name}, refresh.{connector.name}.keeps",
            remedy="refresh the dataset that holds these measures, or mend 'keeps' and 'measures' of the record",
        )
    first, last = int(kept["year"].min()), int(kept["year"].max())
    if record.years and (first < record.years[0] or last > record.years[1]):
        remarks.append(f"years {first}-{last}, the record has {record.years[0]}-{record.years[1]}: they are extended")
    return kept, remarks
