from collections.abc import Iterator
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer
from pyarrow.fs import S3FileSystem

BUCKET = "reports"


@pytest.fixture(scope="module")
def object_store() -> Iterator[dict[str, str]]:
    """An object store with an empty bucket: the variables by which it is reached."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    S3FileSystem(
        access_key="a",
        secret_key="b",  # noqa: S106 - of a server of this test's own
        region="us-east-1",
        scheme="http",
        endpoint_override=f"{host}:{port}",
        allow_bucket_creation=True,
    ).create_dir(BUCKET)
    yield {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    server.stop()


@pytest.fixture
def bucket(object_store: dict[str, str], tmp_path: Path) -> str:  # noqa: ARG001
    """The address of an empty folder of the object store."""
    return f"s3://{BUCKET}/{tmp_path.name}"


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an empty store of each kind."""
    if request.param == "folder":
        return str(tmp_path / "a store")
    for name, value in request.getfixturevalue("object_store").items():
        monkeypatch.setenv(name, value)
    return str(request.getfixturevalue("bucket"))
