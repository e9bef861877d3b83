"""What may be fetched from a publisher, and from where."""

from typing import Annotated

from pydantic import Field, StringConstraints

from baltic_calculus.catalog.record import Frozen

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
ContentType = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.+-]+/[a-z0-9.+-]+$")]


class PublisherEntry(Frozen):
    """One of ``publishers`` in data/catalog.yaml: the allow-list of `baltic data refresh`."""

    name: Annotated[str, StringConstraints(min_length=1)]
    hosts: Annotated[tuple[Host, ...], Field(min_length=1)]
    content_types: Annotated[tuple[ContentType, ...], Field(min_length=1)]
    limit_mb: Annotated[float, Field(gt=0)]
