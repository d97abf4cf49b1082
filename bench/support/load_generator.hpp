#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "redrive/client.hpp"
#include "support/answer_match.hpp"
#include "support/arrival_schedule.hpp"
#include "support/load_options.hpp"
#include "support/load_tally.hpp"
#include "support/resources.hpp"
#include "support/throttle_counter.hpp"

namespace redrive::bench {

// Begins calls by the clock (open) or as others end (closed), and times them.
class load_generator {
  public:
    using clock = load_tally::clock;

    load_generator(boost::asio::io_context& context, const load_options& how)
        : how_{how}, targets_{targets_of(how)}, sqs_{context.get_executor(),
                                                     config_of(how, throttles_)},
          match_{how.has_numbered_answers()}, schedule_{how.schedule()}, arrival_{context} {}
    load_generator(const load_generator&) = delete;
    load_generator& operator=(const load_generator&) = delete;

    // Begins the load; it lasts until is_over().
    void start() {
        start_ = clock::now();
        const auto counts_from = start_ + span_of(how_.warmup);
        end_ = counts_from + span_of(how_.duration);
        tally_.start(counts_from, span_of(how_.expected_interval_ms / 1e3));
        if (how_.is_open()) {
            due_ = start_ + schedule_.next();
            return begin_due();
        }
        arrivals_over_ = true; // callers follow themselves
        for (std::size_t i = 0; i < how_.in_flight; ++i)
            begin_now();
    }

    // No call begins any more; those in flight end as they would.
    void end_early() {
        interrupted_ = true;
        end_ = std::min(end_, clock::now());
        arrival_.cancel();
        if (how_.is_open()) end_arrivals();
    }

    [[nodiscard]] bool is_over() const { return arrivals_over_ && in_flight_ == 0; }
    [[nodiscard]] bool was_interrupted() const { return interrupted_; }
    [[nodiscard]] std::size_t in_flight() const { return in_flight_; }
    [[nodiscard]] const load_tally& tally() const { return tally_; }
    [[nodiscard]] std::uint64_t throttled() const { return throttles_->throttled(); }
    [[nodiscard]] std::uint64_t warmup_calls() const { return next_call_ - tally_.begun; }
    [[nodiscard]] resources used() const { return resources::now().since(measured_from_); }
    [[nodiscard]] const client& through() const { return sqs_; }
    // In which calls that count were to begin.
    [[nodiscard]] double window_seconds() const {
        const std::chrono::duration<double> all = end_ - start_;
        return std::max(0.0, all.count() - how_.warmup);
    }

  private:
    struct target {
        task_handle handle;
        std::string source_arn; // of a list
    };

    static std::vector<target> targets_of(const load_options& how) {
        std::vector<target> out;
        for (auto& handle : how.some_handles()) {
            const bool names_source = handle.source().has_value();
            if (!names_source && how.what == load_options::operation::list)
                throw std::runtime_error{"a handle that names no queue to list: " + handle.text()};
            auto arn = names_source ? to_string(*handle.source()) : std::string{};
            out.push_back({std::move(handle), std::move(arn)});
        }
        return out;
    }
    static client_config config_of(const load_options& how,
                                   std::shared_ptr<throttle_counter> throttles) {
        auto out = how.config();
        out.observer = std::move(throttles);
        return out;
    }
    static clock::duration span_of(double seconds) {
        return std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>{seconds});
    }

    // Some of what is due, then answers have their turn.
    void begin_due() {
        constexpr int most_at_once = 64;
        constexpr std::chrono::seconds grace{1}; // for what was to begin before the end
        const auto now = clock::now();
        for (int i = 0; i < most_at_once && due_ <= now && due_ < end_; ++i) {
            begin({due_, clock::now()});
            due_ = start_ + schedule_.next();
        }
        if (due_ >= end_ || now > end_ + grace) return end_arrivals();
        arrival_.expires_at(due_);
        arrival_.async_wait([this](error_code ec) {
            if (!ec && !arrivals_over_) begin_due();
        });
    }
    void end_arrivals() {
        if (std::exchange(arrivals_over_, true)) return;
        for (; due_ < end_; due_ = start_ + schedule_.next())
            tally_.add_missed(due_);
    }

    void begin_now() {
        const auto now = clock::now();
        begin({now, now});
    }
    void begin(const load_tally::call_times& times) {
        const auto n = next_call_++;
        ++in_flight_;
        if (tally_.counts(times)) {
            if (tally_.begun == 0) end_warmup(n);
            tally_.add_begun(times);
        }
        const auto& to = targets_[n % targets_.size()];
        if (how_.what == load_options::operation::cancel)
            sqs_.async_cancel(
                to.handle, {}, [this, n, times](error_code ec, const cancel_result& got) {
                    end(times, ec, got.info, ec ? std::nullopt : match_.complaint(n, got));
                });
        else
            sqs_.async_list_tasks(
                to.source_arn, {}, [this, &to, times](error_code ec, const list_tasks_result& got) {
                    end(times,
                        ec,
                        got.info,
                        ec ? std::nullopt : answer_match::complaint(to.source_arn, got));
                });
    }
    void end_warmup(std::uint64_t calls) {
        throttles_->leave_out(calls);
        measured_from_ = resources::now();
    }
    void end(const load_tally::call_times& call,
             error_code ec,
             const diagnostics& info,
             std::optional<std::string> complaint) {
        const auto now = clock::now();
        --in_flight_;
        if (tally_.counts(call)) tally_.add_ended(call, now, ec, info);
        if (complaint) tally_.add_mismatch(std::move(*complaint));
        if (!how_.is_open() && now < end_) begin_now();
    }

    const load_options& how_;
    std::vector<target> targets_;
    std::shared_ptr<throttle_counter> throttles_ = std::make_shared<throttle_counter>();
    client sqs_;
    answer_match match_;
    load_tally tally_;
    arrival_schedule schedule_;
    boost::asio::steady_timer arrival_;
    clock::time_point start_, end_, due_;
    resources measured_from_ = resources::now();
    std::uint64_t next_call_ = 0;
    std::size_t in_flight_ = 0;
    bool arrivals_over_ = false, interrupted_ = false;
};

} // namespace redrive::bench
