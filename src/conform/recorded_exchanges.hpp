#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auth/fetcher.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

namespace redrive::conform {

// Answers requests with recorded replies, in their order, whatever is asked: a file of
// {"events": [{"connection_id", "action": {"Request" | "Response" | "Data" | "Eof"}}]}.
class recorded_exchanges final : public auth::fetcher {
  public:
    // Refuses a file that cannot be read.
    [[nodiscard]] static std::shared_ptr<recorded_exchanges> from_file(const std::string& path);

    [[nodiscard]] boost::asio::awaitable<net::fetched> fetch(wire::web_request what,
                                                             auth::fetch_rules rules) override;
    // The next recorded reply to `what`, which is kept.
    [[nodiscard]] net::fetched next(wire::web_request what);
    // Of literals and of `localhost` only.
    [[nodiscard]] boost::asio::awaitable<std::vector<boost::asio::ip::address>> addresses_of(
        std::string host) override;

    void write_requests(wire::json_writer& output) const;

  private:
    std::vector<net::fetched> replies_; // the next one first
    std::size_t next_ = 0;
    std::vector<wire::web_request> requests_;
};

} // namespace redrive::conform
