"""The same scenarios against every server; differences.json says what each is expected to do."""
import json
import pathlib

import pytest

from scenarios import SCENARIOS, Desk

TABLE = json.loads(pathlib.Path(__file__).with_name("differences.json").read_text())


def expected(scenario, server):
    """The row of the service itself, with what this server does in another way laid over it."""
    row = TABLE[scenario]
    return {**row["as the service"], **row.get(server, {})}


def test_the_table_and_the_scenarios_name_the_same_things():
    assert list(TABLE) == list(SCENARIOS)


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario(server, scenario, programs_at):
    desk = Desk(server, programs_at(server))
    assert SCENARIOS[scenario](desk) == expected(scenario, server.name)
