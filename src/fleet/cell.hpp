#pragma once

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flow/admission.hpp"
#include "flow/patience.hpp"
#include "net/waiting.hpp"
#include "redrive/client.hpp"
#include "redrive/errors.hpp"
#include "redrive/time_source.hpp"

namespace redrive::detail {

namespace asio = boost::asio;

class cell;

// A call that waits for its admission. Whoever waits can be told to stop waiting; who goes leaves
// the line.
class admission_request {
  public:
    admission_request() = default;
    virtual ~admission_request();
    admission_request(const admission_request&) = delete;
    admission_request& operator=(const admission_request&) = delete;

    [[nodiscard]] bool is_waiting() const noexcept { return waits_at_ != nullptr; }
    // Its answer is no, unless it was given before.
    void stop_waiting();

  private:
    friend class cell;
    // Once for each cell::ask(), perhaps inside it. True: go, and tell finished() afterwards.
    virtual void admitted(bool granted) = 0;

    flow::admission::ticket ticket_ = 0;
    cell* waits_at_ = nullptr;
};

// The same for a coroutine.
class admission_wait final : public admission_request {
  public:
    explicit admission_wait(const asio::any_io_executor& ex) : wake_{ex} {}

    [[nodiscard]] asio::awaitable<bool> answer();

  private:
    void admitted(bool granted) override;

    net::wakeup wake_;
    std::optional<bool> answer_;
};

struct cell_stats {
    std::uint64_t calls = 0, throttled = 0;
};

// One account in one region: its client, who may call next, and how patient to be with it.
class cell {
  public:
    cell(client sqs,
         std::shared_ptr<time_source> time,
         flow::admission gate,
         std::string identity,
         std::string account,
         std::string region,
         std::string partition);
    ~cell();
    cell(const cell&) = delete;
    cell& operator=(const cell&) = delete;

    const std::string identity;
    const std::string region;
    const std::string partition;
    std::string account; // empty until it is known

    [[nodiscard]] client& sqs() noexcept { return sqs_; }

    // The answer comes through the request.
    void ask(flow::call_purpose why, double rank, admission_request& call);
    void finished(flow::call_purpose why, const error_code& ec);

    [[nodiscard]] flow::patience::verdict judge(flow::call_purpose why,
                                                time_source::steady_time since) const;
    [[nodiscard]] bool is_throttled(flow::call_purpose why) const noexcept {
        return patience_.is_throttled(why);
    }

    [[nodiscard]] const cell_stats& stats() const noexcept { return stats_; }
    [[nodiscard]] std::size_t in_flight() const noexcept { return gate_.in_flight(); }
    // Any reply ever came: the endpoint exists and answers.
    [[nodiscard]] bool heard_from() const noexcept { return heard_from_; }

  private:
    friend class admission_request;
    void leave(admission_request& call);
    void pump();
    void pump_at(time_source::steady_time when);

    client sqs_;
    std::shared_ptr<time_source> time_;
    flow::admission gate_;
    flow::patience patience_;
    std::vector<admission_request*> waiting_; // by ticket; null: nobody
    std::unique_ptr<time_source::timer> pump_timer_;
    std::optional<time_source::steady_time> pump_set_for_;
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true); // for the timer's handler
    cell_stats stats_;
    bool heard_from_ = false;
};

// Whether an error is the service's word, throttles included, rather than silence.
[[nodiscard]] bool is_reply(const error_code& ec) noexcept;

} // namespace redrive::detail
