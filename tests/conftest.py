"""Settings of all tests, a browser, and an S3 server for those that keep results elsewhere."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

# A busy machine must not fail a test for being slow, and a run must be repeatable.
settings.register_profile("report", deadline=None, derandomize=True)
settings.load_profile("report")
expect.set_options(timeout=60_000)


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
