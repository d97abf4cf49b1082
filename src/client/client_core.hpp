#pragma once

#include <boost/asio/any_io_executor.hpp>

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "auth/credentials_provider.hpp"
#include "client/operation.hpp"
#include "client/scripted_exchanges.hpp"
#include "client/user_agent.hpp"
#include "flow/adaptive_rate.hpp"
#include "flow/credential_age.hpp"
#include "flow/retry.hpp"
#include "net/transport.hpp"
#include "redrive/config.hpp"
#include "redrive/diagnostics.hpp"
#include "redrive/endpoint_metrics.hpp"
#include "redrive/observer.hpp"

namespace redrive::detail {

// Everything that the calls of one account and region need; settings resolved.
struct client_setup {
    endpoint target;
    std::string region;
    std::string ca_bundle;
    user_agent agent;
    std::string trace_id;
    flow::retry_config retry;
    bool is_adaptive = false; // attempts are paced by what the service admits
    bool correct_clock_skew = true;
    // A call that was refused for its date, and whose clock is right now, is made once more when
    // its attempts are used up: for those who count attempts themselves.
    bool redates_once_more = false;
    std::shared_ptr<auth::credentials_provider> provider;
    std::uint32_t account_lane = 0; // clients with equal numbers share pipelining windows
    std::shared_ptr<call_observer> observer = {};
    std::shared_ptr<signing_observer> signing = {};
    std::shared_ptr<testing::scripted_service> service = {}; // null: over the network
    std::shared_ptr<time_source> time = {};                  // null: the transport's
};

// A failure before anything was sent.
struct setup_error {
    error_code ec;
    call_phase phase = call_phase::configure;
    std::string message;
};

class warming;

// The body of a client: what its calls share, and the calls themselves. Not thread-safe.
class client_core : public std::enable_shared_from_this<client_core> {
  public:
    // Settings are resolved by the first call.
    client_core(boost::asio::any_io_executor ex, client_config config);
    // Shares a transport with others.
    client_core(std::shared_ptr<net::transport> transport, client_setup setup);

    [[nodiscard]] const boost::asio::any_io_executor& executor() const noexcept { return ex_; }
    [[nodiscard]] time_source& time() noexcept { return *time_; }

    [[nodiscard]] std::chrono::milliseconds clock_skew() const { return context_.skew.current(); }

    // Ends every call in flight with client_closed; none may be started any more.
    void close();
    [[nodiscard]] std::vector<endpoint_metrics> endpoints() const;
    [[nodiscard]] bool is_closed() const noexcept { return closed_; }

    // Starts it, and keeps it until it is released.
    void warm(const std::shared_ptr<warming>& one);
    [[nodiscard]] std::shared_ptr<warming> release(const warming& one);

    // --- for its calls
    void add(operation& call);
    // The call is over: it completes soon, through the executor, together with others.
    void finished(operation& call);

    // Resolves settings and opens the way to the endpoint; nothing when all is well.
    [[nodiscard]] std::optional<setup_error> prepare();
    // Whether requests can be signed now. Those that are about to expire are replaced meanwhile.
    [[nodiscard]] bool has_credentials();
    // Tells every call that waits for them; one load at a time.
    void load_credentials();
    // Changes with the credentials.
    [[nodiscard]] std::uint64_t keys_number() const noexcept { return keys_number_; }
    // The service calls those with this number expired.
    void refused_credentials(std::uint64_t keys_number);

    // Null before prepare(), and when something stands in for the service.
    [[nodiscard]] net::pool* pool() noexcept { return pool_; }
    [[nodiscard]] net::exchange_service& carrier() noexcept { return *carrier_; }
    [[nodiscard]] call_context& context() noexcept { return context_; }
    [[nodiscard]] std::uint32_t account_lane() const noexcept;
    [[nodiscard]] std::string address() const; // empty before the settings are resolved
    [[nodiscard]] call_observer* observer() const noexcept { return observer_.get(); }
    [[nodiscard]] std::uint64_t next_call_number() noexcept { return ++last_call_; }
    [[nodiscard]] flow::retry_config rules(std::uint32_t max_attempts) const;
    [[nodiscard]] bool redates_once_more() const noexcept { return setup_->redates_once_more; }
    [[nodiscard]] flow::retry_quota& quota() noexcept { return quota_; }
    // How long an attempt has to wait for its turn before it asks again; zero: it is its turn.
    [[nodiscard]] std::chrono::milliseconds wait_for_turn();
    // An attempt ended so.
    void learn(const flow::attempt_result& result);
    [[nodiscard]] std::array<char, 36> new_invocation_id();
    [[nodiscard]] double random_unit();

  private:
    // The way to the endpoint; what its requests need beside the others goes to `common`.
    [[nodiscard]] std::optional<setup_error> open_transport(wire::request_context& common);
    void loaded(auth::result<auth::loaded_credentials> result);
    void use(auth::loaded_credentials found);
    void complete_soon();
    void complete_finished();

    boost::asio::any_io_executor ex_;
    std::shared_ptr<time_source> time_;
    client_config config_;
    std::optional<client_setup> setup_; // none: not resolved yet
    std::shared_ptr<net::transport> transport_;
    std::shared_ptr<scripted_exchanges> scripted_; // instead of the transport, in tests
    net::pool* pool_ = nullptr;
    net::exchange_service* carrier_ = nullptr; // the one or the other; null: not prepared yet
    call_context context_;
    std::shared_ptr<call_observer> observer_; // null: nobody wants to know
    std::uint64_t last_call_ = 0;
    std::optional<credentials> keys_; // none: not loaded, or refused
    bool keys_expire_ = false;
    flow::credential_age keys_age_;
    std::string refused_key_; // the id of the key that was called expired last
    std::uint64_t keys_number_ = 0;
    bool loading_keys_ = false;
    flow::retry_quota quota_;
    std::optional<flow::adaptive_rate> rate_; // in adaptive mode
    std::mt19937_64 random_;
    std::vector<std::shared_ptr<operation>> calls_;    // not over
    std::vector<std::shared_ptr<operation>> finished_; // over, but nobody was told
    std::vector<std::shared_ptr<operation>> leaving_;  // those that are being told
    std::vector<std::shared_ptr<warming>> warming_;    // not over
    bool completing_ = false;                          // a pass over finished_ is posted
    bool closed_ = false;
};

} // namespace redrive::detail
