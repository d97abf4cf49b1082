import contextlib
import os
import pathlib
import xml.etree.ElementTree

import pytest

import servers
from oracle.conform import Conform
from program import Programs


def pytest_addoption(parser):
    parser.addoption("--programs", type=pathlib.Path, help="folder with bin/ and examples/")
    parser.addoption("--packages", type=pathlib.Path, help="where scripts/interop installs")
    parser.addoption("--counts", type=pathlib.Path, help="writes the counts as ctest does")


def pytest_terminal_summary(terminalreporter, config):
    file = config.getoption("--counts")
    if not file:
        return
    count = {kind: len(reports) for kind, reports in terminalreporter.stats.items()}
    failures = count.get("failed", 0) + count.get("error", 0)
    skipped = count.get("skipped", 0)
    suite = xml.etree.ElementTree.Element(
        "testsuite",
        name="interop",
        tests=str(count.get("passed", 0) + failures + skipped),
        failures=str(failures),
        skipped=str(skipped),
        disabled="0",
    )
    xml.etree.ElementTree.ElementTree(suite).write(file)


def pytest_configure(config):
    # Nothing of the caller's own AWS settings reaches the tests.
    for name in [name for name in os.environ if name.startswith(("AWS_", "REDRIVE_"))]:
        del os.environ[name]
    nowhere = os.devnull
    os.environ.update(
        AWS_CONFIG_FILE=nowhere, AWS_SHARED_CREDENTIALS_FILE=nowhere, AWS_EC2_METADATA_DISABLED="true"
    )


@pytest.fixture(scope="session")
def programs(request):
    return request.config.getoption("--programs").resolve()


@pytest.fixture(scope="session")
def packages(request):
    return request.config.getoption("--packages").resolve()


@pytest.fixture(scope="session")
def conform(programs):
    return Conform(programs)


@pytest.fixture(scope="session")
def start_server(programs, packages, tmp_path_factory):
    """Starts a server once, when first asked for; all end with the session."""
    makers = {
        "redrive-sim": lambda folder: servers.redrive_sim(folder, programs),
        "redrive-sim of an organization": lambda folder: servers.redrive_sim(
            folder, programs, "--fleet", "accounts=25,suspended=2", "--role", "stopper=ticket-7"
        ),
        "local-aws-sqs": lambda folder: servers.local_aws_sqs(folder, packages),
        "local-aws-sqs over TLS": lambda folder: servers.local_aws_sqs(folder, packages, tls=True),
        "elasticmq": lambda folder: servers.elasticmq(folder, packages),
    }
    running = {}
    with contextlib.ExitStack() as stack:

        def start(name):
            if name not in running:
                folder = tmp_path_factory.mktemp("server")
                running[name] = stack.enter_context(makers[name](folder))
            return running[name]

        yield start


@pytest.fixture(scope="session")
def sim(start_server):
    return start_server("redrive-sim")


@pytest.fixture(scope="session")
def organization(start_server):
    """25 accounts and two that are closed, with one role that asks for an external id."""
    return start_server("redrive-sim of an organization")


@pytest.fixture
def sqs(sim):
    return sim.client()


@pytest.fixture(
    scope="session",
    params=["redrive-sim", "local-aws-sqs", "local-aws-sqs over TLS", "elasticmq"],
)
def server(request, start_server):
    return start_server(request.param)


@pytest.fixture
def programs_at(programs, tmp_path):
    """Our programs, run with the settings of one server."""
    return lambda server: Programs(programs, server.environment(), tmp_path)
