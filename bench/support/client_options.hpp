#pragma once

#include <CLI/CLI.hpp>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "redrive/client.hpp"
#include "support/numbered_handle.hpp"

namespace redrive::bench {

// Where a program's redrive::client connects to, how, and what it is to cancel.
struct client_options {
    std::string url, ca, handles_file;
    std::size_t depth = 64, connections = 1;

    void add_to(CLI::App& app) {
        app.add_option("--url", url, "Of bench_null_server; else as for every AWS tool");
        app.add_option("--ca", ca, "Its CA")->needs("--url");
        app.add_option("--handles", handles_file, "Handles of another server, one a line")
            ->excludes("--url");
        app.add_option("--depth", depth, "Requests in flight on a connection")
            ->check(CLI::PositiveNumber);
        app.add_option("--connections", connections, "Connections")->check(CLI::PositiveNumber);
    }

    [[nodiscard]] client_config config() const {
        client_config out;
        if (!url.empty()) {
            out.region = "us-east-1";
            out.endpoint_url = url;
            out.ca_bundle = ca;
            auto& keys = out.identity.emplace();
            keys.access_key_id = "AKIAIOSFODNN7EXAMPLE";
            keys.secret_access_key = secret_text{"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
        }
        out.transport.max_connections = connections;
        out.transport.pipelining = pipelining::fixed;
        out.transport.max_depth = depth;
        return out;
    }

    // Those of the file, or some thousand; whoever needs more uses them again.
    [[nodiscard]] std::vector<task_handle> some_handles() const {
        std::vector<task_handle> out;
        const auto add = [&](const std::string& text) {
            if (auto handle = task_handle::from_text(text)) out.push_back(std::move(*handle));
        };
        if (handles_file.empty()) {
            for (std::uint64_t n = 0; n < 1000; ++n)
                add(numbered_handle(n));
        } else {
            std::ifstream in{handles_file};
            for (std::string line; std::getline(in, line);)
                add(line);
        }
        if (out.empty()) throw std::runtime_error{"no handles in " + handles_file};
        return out;
    }
};

} // namespace redrive::bench
