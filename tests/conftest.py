"""Settings of all tests, a browser, and an S3 server for those that keep results elsewhere."""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_model import DebtAssumptions, DebtStart, DefencePath, FinancingMix
from baltic_calculus.analysis.debt_what_if import WhatIf
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.reinforcement_what_if import FlowWhatIf, gather_flow_what_if

# A busy machine must not fail a test for being slow, and a run must be repeatable.
settings.register_profile("report", deadline=None, derandomize=True)
settings.load_profile("report")
expect.set_options(timeout=60_000)

LONGEST = (
    "test_end_to_end_report",
    "test_end_to_end_failures",
    "test_end_to_end_build",
    "test_end_to_end_kill",
    "test_end_to_end_environments",
    "test_end_to_end_sweep",
    "test_end_to_end_freshness",
    "test_end_to_end_render",
    "test_end_to_end_serve",
    "test_end_to_end_lab",
    "test_end_to_end_publish",
    "test_exhibits_charts",
    "test_report_notebook_exporters",
    "test_report_rendering",
    "test_report_frame_browser",
    "test_report_release",
)
"""Modules that take longest, each of which one process works through: those first, and all processes end together."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the modules that take longest; the others keep their order."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; tests that need one are left out where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next(filter(None, map(shutil.which, names)), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


FIGURES = Path(__file__).parents[1] / "_build" / "test-figures.json"
"""What tests counted, one JSON object a line: test, name, value. ``tests/README.md`` is made from it."""


def pytest_configure(config: pytest.Config) -> None:
    """Begin a new list of figures with each run; its processes share it, and a second try of what failed adds to it."""
    if not hasattr(config, "workerinput") and not config.getoption("lf", default=False):
        FIGURES.unlink(missing_ok=True)


@pytest.fixture
def record_figure(request: pytest.FixtureRequest) -> Callable[[str, object], None]:
    """Note what a test counted: ``record_figure("kill points tried", 50)``."""

    def record(name: str, value: object) -> None:
        FIGURES.parent.mkdir(exist_ok=True)
        line = json.dumps({"test": request.node.nodeid, "name": name, "value": value}, ensure_ascii=False)
        with FIGURES.open("a", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)  # tests run in several processes
            file.write(f"{line}\n")

    return record


@pytest.fixture
def publishers_sample() -> Callable[[str], bytes]:
    """Answers and workbooks as publishers sent them, which are not part of the project.

    They are in the folder that BALTIC_SAMPLES names, or in `shared/data/samples` beside the project.
    """
    beside = Path(__file__).parents[2] / "shared" / "data" / "samples"
    folder = Path(os.environ.get("BALTIC_SAMPLES", beside))

    def read(name: str) -> bytes:
        if not (folder / name).is_file():
            pytest.skip(f"no publisher's sample {name}: BALTIC_SAMPLES names the folder that holds them")
        return (folder / name).read_bytes()

    return read


@pytest.fixture(scope="session")
def what_ifs() -> tuple[WhatIf, ...]:
    """Two countries of the debt model, not like each other in anything."""
    estonia = DebtStart(
        iso3="EST",
        year=2025,
        debt_gdp_pct=24.2,
        implicit_rate_pct=1.97,
        balance_gdp_pct=-4.5,
        defence_gdp_pct=5.1,
        defence_before_gdp_pct=3.31,
    )
    lithuania = DebtStart(
        iso3="LTU",
        year=2025,
        debt_gdp_pct=39.8,
        implicit_rate_pct=1.5,
        balance_gdp_pct=-5,
        defence_gdp_pct=5.33,
        defence_before_gdp_pct=3.07,
    )
    usual = DebtAssumptions(
        real_growth_pct=2.4,
        deflator_growth_pct=2.6,
        marginal_rate_pct=3.2,
        rollover_share_pct=14,
        stock_flow_gdp_pct=0.1,
        multiplier=0.7,
        tax_multiplier=0.4,
        import_share_pct=60,
        persistence_pct=60,
        semi_elasticity=0.486,
    )
    other = usual.model_copy(update={"real_growth_pct": 2.2, "deflator_growth_pct": 3, "rollover_share_pct": 20})
    pairs = ((estonia, usual), (lithuania, other))
    return tuple(
        WhatIf(
            start=start,
            assumptions=assumptions,
            paths=tuple(
                DefencePath(name=name, share_gdp_pct=share, transition_years=4)
                for name, share in (("held at plan", start.defence_gdp_pct), ("back to 2%", 2.0))
            ),
            path=DefencePath(name="held at plan", share_gdp_pct=start.defence_gdp_pct, transition_years=4),
            mix=FinancingMix(borrowing=1, taxes=0, reallocation=0),
        )
        for start, assumptions in pairs
    )


@pytest.fixture(scope="session")
def flow_what_if() -> FlowWhatIf:
    """The reinforcement model as the report starts it."""
    assumed, force_model = catalog.policy("reinforcement"), catalog.policy("force_model")
    return gather_flow_what_if(assumed, force_model, catalog.load("mobility"), Parameters())


@pytest.fixture(scope="session")
def s3_endpoint() -> Iterator[str]:
    """Address of an S3 server on this machine, on a port of its own choice."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_environment(s3_endpoint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a person sets to reach a server that is not Amazon's."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "name")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "password")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))  # nor anything of the person who runs the tests


@pytest.fixture
def bucket(s3_environment: None, request: pytest.FixtureRequest) -> str:
    """Address of a new bucket."""
    import s3fs

    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name.lower())[:60].strip("-")
    s3fs.S3FileSystem(skip_instance_cache=True).mkdir(name, region_name="eu-north-1")
    return f"s3://{name}"
