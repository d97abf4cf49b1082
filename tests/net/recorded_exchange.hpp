#pragma once

#include <optional>
#include <string>
#include <utility>

#include "net/exchange.hpp"

namespace redrive::net {

// A call whose request names it and that notes what became of it.
class recorded_exchange final : public exchange {
  public:
    explicit recorded_exchange(std::string name, flow::lane where = {}, bool safe_to_resend = true)
        : exchange{where, safe_to_resend}, name_{std::move(name)} {}

    // A larger request: the body's size in bytes.
    recorded_exchange& with_body(std::size_t size) {
        body_.assign(size, 'x');
        return *this;
    }
    // A reply with another body is misplaced.
    recorded_exchange& expecting(std::string body) {
        expected_ = std::move(body);
        return *this;
    }

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] int outcomes() const { return outcomes_; }
    [[nodiscard]] bool done() const { return outcomes_ != 0; }
    [[nodiscard]] int renders() const { return renders_; }
    // The reply's body; empty when there was none.
    [[nodiscard]] const std::string& reply() const { return reply_; }
    [[nodiscard]] const std::optional<exchange_loss>& loss() const { return loss_; }

  private:
    void render(std::string& out, wire::wall_time) override {
        ++renders_;
        out += "POST /" + name_ +
               " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(body_.size()) +
               "\r\n\r\n" + body_;
    }
    reply_fit answered(wire::http_reply& reply, wire::json_reader&, wire::wall_time) override {
        if (expected_ && *expected_ != reply.body) return reply_fit::misplaced;
        ++outcomes_;
        reply_ = reply.body;
        return reply_fit::fits;
    }
    void lost(const exchange_loss& why) override {
        ++outcomes_;
        loss_ = why;
    }

    std::string name_;
    std::string body_;
    std::optional<std::string> expected_;
    std::string reply_;
    std::optional<exchange_loss> loss_;
    int outcomes_ = 0;
    int renders_ = 0;
};

} // namespace redrive::net
