#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/credentials_provider.hpp"
#include "flow/credential_age.hpp"
#include "redrive/time_source.hpp"

namespace redrive::auth {

// How credentials are loaded, and with which clock and randomness their age is judged.
struct credential_loader {
    std::function<boost::asio::awaitable<result<loaded_credentials>>()> load;
    std::shared_ptr<time_source> time;
    std::function<double()> random_unit;
};

// Credentials of one origin, loaded once for all who ask at the same time, and replaced in the
// background before they expire. Whoever waits may go; the load goes on for the others.
// Threads: any may ask; everything happens on a strand of its own.
class cached_credentials final : public credentials_provider,
                                 public std::enable_shared_from_this<cached_credentials> {
  public:
    // `strand` runs one handler at a time; `loader` works on it.
    cached_credentials(boost::asio::any_io_executor strand, credential_loader loader);

    void async_load(const boost::asio::any_io_executor& executor, completion done) override;
    void refused(const credentials& keys) override;

  private:
    struct waiter {
        boost::asio::any_io_executor executor;
        completion done;
    };

    void serve(waiter who);
    void begin_load();
    boost::asio::awaitable<void> load(std::shared_ptr<cached_credentials> keeps_this);
    void loaded(result<loaded_credentials> found);
    static void tell(waiter who, const result<loaded_credentials>& found);

    boost::asio::any_io_executor strand_;
    credential_loader loader_;
    std::optional<loaded_credentials> held_;
    flow::credential_age age_;
    bool loading_ = false;
    std::vector<waiter> waiters_;
};

// The one cache of an execution context: what `make` makes for the first who asks with this key.
// `make` is given the strand to work on. It holds 4,096 origins, then forgets those that nobody
// uses.
[[nodiscard]] std::shared_ptr<credentials_provider> shared_credentials(
    const boost::asio::any_io_executor& executor,
    const std::string& key,
    const std::function<credential_loader(boost::asio::any_io_executor strand)>& make);

} // namespace redrive::auth
