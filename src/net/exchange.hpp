#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "flow/call_queue.hpp"
#include "flow/pipeline.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/errors.hpp"
#include "redrive/time_source.hpp"
#include "wire/http_parser.hpp"
#include "wire/instant.hpp"
#include "wire/json_reader.hpp"

namespace redrive::net {

class connection;

// What is told to an exchange that got no reply.
struct exchange_loss {
    error_code ec; // of client_category
    call_phase phase = call_phase::none;
    std::string detail;
    flow::loss_fate fate = flow::loss_fate::never_sent;
};

enum class reply_fit : std::uint8_t {
    fits,
    misplaced, // it answers another request: the framing of this connection is in doubt
};

// One request and its reply. Given to a pool by its owner, who keeps it alive until answered() or
// lost() was called once, or until it withdrew it; both are called from the pool's executor.
class exchange : public flow::call_queue::entry {
  public:
    exchange(flow::lane where, bool safe_to_resend) noexcept
        : entry{where}, safe_to_resend_{safe_to_resend} {}
    virtual ~exchange() = default;

    // Appends the signed request; called at the moment it is written, again for each resend.
    virtual void render(std::string& out, wire::wall_time now) = 0;
    // `reader` parses the body in place. With `misplaced` the pool treats the reply as never seen.
    virtual reply_fit answered(wire::http_reply& reply,
                               wire::json_reader& reader,
                               wire::wall_time received) = 0;
    virtual void lost(const exchange_loss& why) = 0;

    // How often it went out again by itself after a lost connection, and whether a request may have
    // been applied whose reply was lost or given up.
    [[nodiscard]] std::uint32_t free_resends() const noexcept { return free_resends_; }
    [[nodiscard]] bool maybe_applied() const noexcept { return maybe_applied_; }
    // When it was last handed to a connection, if somebody wants to know.
    void take_times() noexcept {
        is_timed_ = true;
        staged_at_.reset();
    }
    [[nodiscard]] const std::optional<time_source::steady_time>& staged_at() const noexcept {
        return staged_at_;
    }
    [[nodiscard]] bool is_on_wire() const noexcept { return carrier_ != nullptr; }

  private:
    friend class connection;
    friend class pool;
    friend class exchange_service;

    connection* carrier_ = nullptr; // while it is in a connection's pipeline
    std::uint32_t free_resends_ = 0;
    bool safe_to_resend_;
    bool maybe_applied_ = false;
    bool is_timed_ = false;
    std::optional<time_source::steady_time> staged_at_;
};

} // namespace redrive::net
