"""The parameters of the report's notebooks: one frozen, typed model for all pages."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from baltic_calculus.catalog import Coverage
from baltic_calculus.errors import ParameterError

PriceBasis = Literal["current", "constant"]
Definition = Literal["nato", "sipri"]
Case = Literal["low", "central", "high"]
PermitCase = Literal["today", "proposed", "emergency"]


def _split_codes(value: Any) -> Any:
    """Accept ``EST,LVA`` from a command line where a list of codes is meant."""
    return tuple(code.strip() for code in value.split(",")) if isinstance(value, str) else value


Iso3 = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{2,3}$")]
Countries = Annotated[tuple[Iso3, ...], BeforeValidator(_split_codes)]


class Parameters(BaseModel):
    """What a reader may change before a notebook runs.

    A notebook takes those of these names that its ``parameters`` cell assigns; the others keep their defaults.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)

    countries: Annotated[Countries, Field(min_length=1, max_length=6)] = ("EST", "LVA", "LTU")
    """Countries whose story is told, ISO 3166-1 alpha-3."""
    country: Iso3 = "EST"
    """The one country of a profile."""
    comparators: Annotated[Countries, Field(max_length=8)] = ()
    """Countries and aggregates shown beside them; those that are in ``countries`` already are left out."""
    first_year: int = 2014
    last_year: int = 2026
    price_basis: PriceBasis = "constant"
    """Prices of amounts: ``constant`` (the publisher's base year) or ``current``."""
    definition: Definition = "nato"
    """Whose definition of defence expenditure leads."""
    horizon: Annotated[int, Field(ge=2027, le=2060)] = 2035
    """Last year of the debt paths."""
    defence_gdp_pct: Annotated[float, Field(ge=0, le=20)] | None = None
    """Share of GDP that defence moves to in a scenario of one's own, beside the three of the report."""
    growth_case: Case = "central"
    """Growth at constant prices that the debt model assumes: low end, central value or high end of its range."""
    interest_case: Case = "central"
    """Interest rate on new debt, likewise."""
    deflator_case: Case = "central"
    """Growth of the GDP deflator, likewise."""
    taxes_pct: Annotated[float, Field(ge=0, le=100)] = 0
    """Part of the rise of defence that new taxes pay for, per cent; what is left after cuts is borrowed."""
    reallocation_pct: Annotated[float, Field(ge=0, le=100)] = 0
    """Part that cuts elsewhere pay for, per cent."""
    multiplier: Annotated[float, Field(ge=0, le=3)] | None = None
    """Output per unit of public demand met at home; the assumed value when not given."""
    import_share_pct: Annotated[float, Field(ge=0, le=100)] | None = None
    """Part of additional defence expenditure bought abroad, per cent; the assumed value when not given."""
    seed: Annotated[int, Field(ge=0)] = 2026
    """Seed of the random draws."""
    draws: Annotated[int, Field(ge=100, le=1_000_000)] = 20_000
    """Debt paths, or courses of reinforcement, that are drawn for a fan chart."""
    permit_case: PermitCase = "proposed"
    """How long troops wait at borders: notice that is asked for today, or a limit that is proposed."""
    region_share_pct: Annotated[float, Field(gt=0, le=100)] | None = None
    """Part of the NATO Force Model's troops that is sent to the region, per cent; the assumed value when not given."""

    @model_validator(mode="after")
    def _mix_adds_up(self) -> Self:
        if self.taxes_pct + self.reallocation_pct > 100:
            raise ValueError(f"taxes_pct {self.taxes_pct:g} and reallocation_pct {self.reallocation_pct:g} exceed 100")
        return self

    @model_validator(mode="after")
    def _years_in_order(self) -> Self:
        if self.first_year >= self.last_year:
            raise ValueError(f"first_year {self.first_year} is not before last_year {self.last_year}")
        return self

    @field_validator("countries", "comparators")
    @classmethod
    def _no_country_twice(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValueError(f"named twice: {', '.join(twice)}")
        return codes

    @field_validator("comparators")
    @classmethod
    def _beside_others(cls, codes: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        # a notebook's usual comparators stay as they are when one of them becomes the country in focus
        return tuple(code for code in codes if code not in info.data.get("countries", ()))

    def within(self, coverage: Coverage) -> Self:
        """Check the parameters that were given against the countries and years that a dataset covers.

        A page that takes no years is not asked whether its data reach back to the model's default year.

        Raises
        ------
        ParameterError
            For a country or year outside the data; the message lists what there is.
        """
        codes = {"country": (self.country,), "countries": self.countries, "comparators": self.comparators}
        given = [name for name in codes if name in self.model_fields_set]
        unknown = [code for name in given for code in codes[name] if code not in coverage.countries]
        if unknown:
            raise ParameterError(
                f"no data for {', '.join(unknown)}",
                where=f"parameters {', '.join(codes)}",
                remedy="choose from: " + ", ".join(coverage.countries),
            )
        for name in sorted({"first_year", "last_year"} & self.model_fields_set):
            year = getattr(self, name)
            if not coverage.first_year <= year <= coverage.last_year:
                raise ParameterError(
                    f"{name} {year} is outside the data",
                    where=f"parameter {name}",
                    remedy=f"choose a year from {coverage.first_year} to {coverage.last_year}",
                )
        return self


def check_parameters(values: Mapping[str, Any], allowed: Collection[str], coverage: Coverage) -> Parameters:
    """Make the parameters of one page from raw values, before any kernel starts.

    Parameters
    ----------
    values : mapping
        Parameter name to value, as given on the command line or in report.yaml.
    allowed : collection of str
        Names that the page's parameters cell assigns.
    coverage : Coverage
        Countries and years of the page's main dataset.

    Raises
    ------
    ParameterError
        For an unknown name, a wrong type or an impossible value, with the allowed ones.
    """
    unknown = sorted(set(values) - set(allowed))
    if unknown:
        raise ParameterError(
            f"unknown parameter {', '.join(unknown)}",
            where="parameters",
            remedy="choose from: " + ", ".join(sorted(allowed)),
        )
    try:
        parameters = Parameters(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "parameters"
        expected = first.get("ctx", {}).get("expected", "")
        raise ParameterError(
            f"{name}: {first['msg']} (given: {first['input']!r})",
            where=f"parameter {name}",
            remedy=f"choose from: {expected}"
            if expected
            else "correct the value; `baltic build --help` shows the form",
        ) from None
    return parameters.within(coverage)
