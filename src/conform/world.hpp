#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/source_context.hpp"
#include "conform/recorded_exchanges.hpp"
#include "net/transport.hpp"
#include "redrive/connect_to.hpp"
#include "redrive/endpoint.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::conform {

// What the command line says of the world around a case.
struct world_options {
    std::vector<connect_to_rule> connect_to;
    std::string ca_bundle;
    std::optional<std::string> replay; // a file of recorded exchanges

    // Under either option no place is reached that was not mapped or recorded.
    [[nodiscard]] bool is_closed() const noexcept { return replay || !connect_to.empty(); }
};

// The world in which a case's sources of credentials work: its variables, files, time, exchanges.
class world {
  public:
    // `case_` may have env, fs_root and now.
    world(const world_options& options, wire::json_value case_, boost::asio::any_io_executor ex);

    [[nodiscard]] const auth::source_context& context() const noexcept { return context_; }
    // A source of credentials that works in another place than `ex`.
    [[nodiscard]] auth::source_context context_on(boost::asio::any_io_executor ex) const;
    [[nodiscard]] const std::shared_ptr<net::transport>& transport() const noexcept {
        return transport_;
    }
    // Null without --replay.
    [[nodiscard]] const std::shared_ptr<recorded_exchanges>& recorded() const noexcept {
        return recorded_;
    }
    [[nodiscard]] bool reaches(const redrive::endpoint& where) const;
    // A clock whose every wait is over at once, and listed, under a fixed `now`; else null.
    [[nodiscard]] std::shared_ptr<time_source> instant_time() const;
    // What happened: "sleeps", and under --replay "requests".
    void write_history(wire::json_writer& output) const;

  private:
    world_options options_;
    auth::source_context context_;
    std::shared_ptr<net::transport> transport_;
    bool is_fixed_;
    std::shared_ptr<recorded_exchanges> recorded_; // null without --replay
    std::shared_ptr<std::vector<std::chrono::milliseconds>> sleeps_;
};

} // namespace redrive::conform
