#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/authenticate.hpp"
#include "sim/reply_text.hpp"
#include "sim/simulation.hpp"
#include "wire/http_parser.hpp"
#include "wire/json_reader.hpp"

namespace redrive::sim {

// How a reply leaves, which is where most faults happen.
struct delivery {
    enum class way : std::uint8_t {
        whole, // all of it
        none,  // the connection is closed instead
        reset, // the connection is reset instead
        half,  // the header and half of the body, then the end
        drip,  // byte by byte
    };
    way how = way::whole;
    milliseconds delay{0};      // before the first byte
    milliseconds drip_pause{0}; // between bytes
    bool then_close = false;
    bool close_if_pipelined = false;        // then_close, when more requests wait behind this one
    bool ignore_behind = false;             // requests that wait behind this one get no reply
    std::optional<milliseconds> idle_limit; // the connection ends after this long without a request
    std::optional<wall_time> wait_until;    // no reply yet: ask again soon, until then
};

// The walk of one request: faults, authentication, limits, operation, reply.
class router {
  public:
    explicit router(simulation& subject);

    // Where QueueUrls point: scheme, host and port.
    void set_base_url(std::string url) { base_url_ = std::move(url); }

    // Appends the reply. `place` counts the requests of its connection, from 1.
    [[nodiscard]] delivery answer(const wire::http_request& request,
                                  std::uint64_t place,
                                  wall_time now,
                                  std::string& out);
    // After wait_until: the same request once more, which arrived back then.
    void ask_again(const wire::http_request& request,
                   delivery& how,
                   wall_time arrived,
                   wall_time now,
                   std::string& out);

  private:
    struct exchange; // what is known about the request that is being answered

    void apply(const fault_verdict& verdict, const exchange& current, delivery& how);
    void answer_service(exchange& current, delivery& how, std::string& out);
    void answer_instead(exchange& current, std::string& out);
    void admit(exchange& current);
    void call_operation(exchange& current, delivery& how, std::string& out);
    void call_sqs(exchange& current, delivery& how);
    void call_sts(exchange& current);
    void call_organizations(exchange& current);
    [[nodiscard]] wire::json_value read_input(const exchange& current);
    void write_error(const exchange& current, const api_error& error, std::string& out);
    void write(const exchange& current, reply_parts parts, std::string& out);
    void record(const exchange& current, std::string_view result);

    simulation& simulation_;
    random_source request_ids_;
    reply_writer writer_;
    wire::json_reader reader_;
    std::string base_url_;
    std::string body_; // of the reply, kept for its memory
};

} // namespace redrive::sim
