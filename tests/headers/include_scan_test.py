"""Plants each kind of violation in a small tree and checks that include_scan finds it, and only it."""

import tempfile
import unittest
from pathlib import Path

import include_scan

CLEAN = {
    "include/redrive/queue_arn.hpp": "#pragma once\n#include <string>\n",
    "include/redrive/task_handle.hpp": '#pragma once\n#include "redrive/queue_arn.hpp"\n',
    "include/redrive/time_source.hpp": "#pragma once\n#include <boost/asio/any_io_executor.hpp>\n",
    "include/redrive/client.hpp": '#pragma once\n#include "redrive/time_source.hpp"\n',
    "src/core/base64.hpp": "#pragma once\n",
    "src/wire/digest.cpp": '#include "core/base64.hpp"\n#include <openssl/evp.h>\n',
    "src/wire/dpop.cpp": "#include <openssl/pem.h>\n",
    "src/wire/http_parser.cpp": "#include <boost/asio/buffer.hpp>\n#include <boost/beast/http/parser.hpp>\n",
    "src/wire/json_reader.cpp": "#include <simdjson.h>\n",
    "src/wire/sts.cpp": "#include <pugixml.hpp>\n",
    "src/flow/retry.hpp": '#pragma once\n#include "redrive/task_handle.hpp"\n',
    "src/net/time_source.cpp": "#include <boost/asio/steady_timer.hpp>\nauto t = std::chrono::steady_clock::now();\n",
    "src/net/tls.cpp": "#include <boost/asio/ssl/stream.hpp>\n#include <openssl/ssl.h>\n",
    "src/fleet/fleet.cpp": '#include "redrive/client.hpp"\n#include "core/base64.hpp"\n',
    "src/cli/main.cpp": "#include <CLI/CLI.hpp>\n#include <fmt/core.h>\n",
    "src/sim/main.cpp": '#include "core/base64.hpp"\n#include <boost/asio/steady_timer.hpp>\n#include <openssl/x509.h>\n',
}


class IncludeScan(unittest.TestCase):
    def findings(self, planted):
        with tempfile.TemporaryDirectory() as root:
            for name, text in {**CLEAN, **planted}.items():
                path = Path(root) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            return include_scan.scan(root)

    def assert_found(self, planted, *lines):
        self.assertEqual(sorted(self.findings(planted)), sorted(lines))

    def test_a_tree_that_keeps_the_rules_has_no_findings(self):
        self.assert_found({})

    def test_finds_an_include_of_a_higher_layer(self):
        self.assert_found(
            {"src/wire/a.cpp": '\n#include "flow/retry.hpp"\n'},
            "src/wire/a.cpp:2: wire must not include flow (src/flow/retry.hpp)")

    def test_finds_an_include_of_a_higher_layers_public_header(self):
        self.assert_found(
            {"src/auth/a.cpp": "#include <redrive/client.hpp>\n"},
            "src/auth/a.cpp:1: auth must not include client (include/redrive/client.hpp)")

    def test_finds_the_simulator_using_more_than_core_and_wire(self):
        self.assert_found(
            {"src/sim/a.cpp": '#include "flow/retry.hpp"\n'},
            "src/sim/a.cpp:1: sim must not include flow (src/flow/retry.hpp)")

    def test_finds_a_layer_using_the_simulator(self):
        self.assert_found(
            {"src/sim/world.hpp": "#pragma once\n", "src/cli/a.cpp": '#include "sim/world.hpp"\n'},
            "src/cli/a.cpp:1: cli must not include sim (src/sim/world.hpp)")

    def test_finds_the_conformance_driver_using_a_program(self):
        self.assert_found(
            {"src/cli/a.hpp": "#pragma once\n",
             "src/conform/a.cpp": '#include "flow/retry.hpp"\n#include "cli/a.hpp"\n'},
            "src/conform/a.cpp:2: conform must not include cli (src/cli/a.hpp)")

    def test_finds_a_cycle(self):
        self.assert_found(
            {"src/flow/a.hpp": '#include "flow/b.hpp"\n', "src/flow/b.hpp": '#include "flow/a.hpp"\n'},
            "src/flow/b.hpp:1: include cycle: src/flow/a.hpp -> src/flow/b.hpp -> src/flow/a.hpp")

    def test_finds_a_header_that_includes_itself(self):
        self.assert_found(
            {"src/flow/a.hpp": '#include "a.hpp"\n'},
            "src/flow/a.hpp:1: include cycle: src/flow/a.hpp -> src/flow/a.hpp")

    def test_finds_asio_below_net(self):
        for layer in ("core", "wire", "flow"):
            self.assert_found(
                {f"src/{layer}/a.hpp": "#include <boost/asio/buffer.hpp>\n"},
                f"src/{layer}/a.hpp:1: <boost/asio/buffer.hpp>: no Asio below net")

    def test_finds_asio_in_a_public_header_of_core(self):
        self.assert_found(
            {"include/redrive/outcome.hpp": "#include <boost/asio/awaitable.hpp>\n"},
            "include/redrive/outcome.hpp:1: <boost/asio/awaitable.hpp>: no Asio below net")

    def test_finds_a_third_party_header_outside_its_file(self):
        for name, where in {
            "simdjson.h": "simdjson stays inside src/wire/json_reader.cpp",
            "boost/beast/http.hpp": "Beast stays inside src/wire/http_parser.cpp",
            "pugixml.hpp": "pugixml stays inside src/wire/sts.cpp",
            "openssl/sha.h": "OpenSSL stays inside src/wire/digest.cpp, src/wire/dpop.cpp, net and sim",
            "CLI/CLI.hpp": "CLI11 belongs to the programs",
            "fmt/format.h": "fmt belongs to the programs",
        }.items():
            self.assert_found(
                {"src/auth/a.cpp": f"#include <{name}>\n"}, f"src/auth/a.cpp:1: <{name}>: {where}")

    def test_finds_tls_outside_net(self):
        self.assert_found(
            {"src/client/a.cpp": "#include <boost/asio/ssl/context.hpp>\n"},
            "src/client/a.cpp:1: <boost/asio/ssl/context.hpp>: TLS belongs to net and sim")

    def test_finds_a_clock_or_a_timer_outside_the_time_source(self):
        for text in ("steady_clock::now", "system_clock::now", "steady_timer", "asio::deadline_timer",
                     "sleep_for", "clock_gettime"):
            self.assert_found(
                {"src/fleet/a.cpp": f"\n\nauto x = {text}(y);\n"},
                f"src/fleet/a.cpp:3: {text}: clocks and timers live in src/net/time_source")

    def test_finds_the_header_of_a_timer_outside_the_time_source(self):
        self.assert_found(
            {"src/net/a.cpp": "#include <boost/asio/steady_timer.hpp>\n"},
            "src/net/a.cpp:1: steady_timer: clocks and timers live in src/net/time_source",
            "src/net/a.cpp:1: <boost/asio/steady_timer.hpp>: timers live in src/net/time_source")

    def test_leaves_comments_and_literals_alone(self):
        self.assert_found({
            "src/fleet/a.cpp": "// steady_clock::now\n/* sleep_for\n#include <simdjson.h> */\n"
                               'auto x = "steady_timer";\n'
                               'auto y = R"(\n#include <simdjson.h>\nsleep_for)";\n'
                               "auto z = '\"'; auto w = \"usleep\";\n"})

    def test_finds_a_public_header_without_a_layer(self):
        self.assert_found(
            {"include/redrive/surprise.hpp": "#pragma once\n"},
            "include/redrive/surprise.hpp:1: belongs to no layer; name it in include_scan.py")

    def test_finds_a_source_outside_the_layers(self):
        self.assert_found(
            {"src/util/a.cpp": "int x;\n"}, "src/util/a.cpp:1: belongs to no layer; name it in include_scan.py")

    def test_finds_a_public_header_that_includes_an_internal_one(self):
        self.assert_found(
            {"include/redrive/outcome.hpp": '#include "core/base64.hpp"\n'},
            "include/redrive/outcome.hpp:1: a public header must not include src/core/base64.hpp, "
            "which is not installed")

    def test_finds_a_heavy_header_behind_a_public_one(self):
        self.assert_found(
            {"include/redrive/time_source.hpp": "#include <boost/asio.hpp>\n"},
            "include/redrive/client.hpp:1: reaches <boost/asio.hpp> through include/redrive/time_source.hpp: "
            "too heavy for a public header",
            "include/redrive/time_source.hpp:1: reaches <boost/asio.hpp> through include/redrive/time_source.hpp: "
            "too heavy for a public header")


if __name__ == "__main__":
    unittest.main()
