#include "auth/cached_credentials.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/query.hpp>
#include <boost/asio/strand.hpp>

#include <map>
#include <mutex>
#include <utility>

namespace redrive::auth {
namespace asio = boost::asio;

using age = flow::credential_age::state;

cached_credentials::cached_credentials(asio::any_io_executor strand, credential_loader loader)
    : strand_{std::move(strand)}, loader_{std::move(loader)} {}

void cached_credentials::async_load(const asio::any_io_executor& executor, completion done) {
    waiter who{executor, std::move(done)};
    asio::post(strand_, [self = shared_from_this(), who = std::move(who)]() mutable {
        self->serve(std::move(who));
    });
}

void cached_credentials::serve(waiter who) {
    const auto state = held_ ? age_.at(loader_.time->wall_now()) : age::over;
    if (state == age::over) {
        waiters_.push_back(std::move(who));
    } else {
        tell(std::move(who), *held_);
    }
    if (state != age::fresh) begin_load(); // which may be over at once
}

void cached_credentials::refused(const credentials& keys) {
    asio::post(strand_, [self = shared_from_this(), id = keys.access_key_id] {
        if (self->held_ && self->held_->keys.access_key_id == id) self->held_.reset();
    });
}

void cached_credentials::begin_load() {
    if (std::exchange(loading_, true)) return;
    asio::co_spawn(strand_, load(shared_from_this()), asio::detached);
}

asio::awaitable<void> cached_credentials::load(std::shared_ptr<cached_credentials>) {
    auto found = co_await loader_.load();
    loaded(std::move(found));
}

void cached_credentials::loaded(result<loaded_credentials> found) {
    loading_ = false;
    const auto now = loader_.time->wall_now();
    if (found) {
        age_.loaded(found->usable_until, now, loader_.random_unit());
        held_ = *found;
    } else if (held_ && age_.at(now) != age::over) {
        // What is held is good; those who waited did so because it was not, a moment ago.
        age_.refresh_failed(now, loader_.random_unit());
        found = *held_;
    }
    for (auto& each : std::exchange(waiters_, {}))
        tell(std::move(each), found);
}

void cached_credentials::tell(waiter who, const result<loaded_credentials>& found) {
    asio::post(who.executor, asio::append(std::move(who.done), found));
}

namespace {

constexpr std::size_t most_origins = 4096;

class credential_cache final : public asio::execution_context::service {
  public:
    using key_type = credential_cache;
    static asio::execution_context::id id;

    explicit credential_cache(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    template <class Make>
    std::shared_ptr<credentials_provider> find_or_make(const std::string& origin,
                                                       const Make& make) {
        const std::lock_guard lock{mutex_};
        if (const auto found = origins_.find(origin); found != origins_.end()) return found->second;
        if (origins_.size() >= most_origins)
            std::erase_if(origins_, [](const auto& each) { return each.second.use_count() == 1; });
        return origins_[origin] = make();
    }

  private:
    void shutdown() override { origins_.clear(); }

    std::mutex mutex_; // contexts may have several threads
    std::map<std::string, std::shared_ptr<credentials_provider>> origins_;
};

asio::execution_context::id credential_cache::id;

} // namespace

std::shared_ptr<credentials_provider> shared_credentials(
    const asio::any_io_executor& executor,
    const std::string& key,
    const std::function<credential_loader(asio::any_io_executor strand)>& make) {
    auto& cache =
        asio::use_service<credential_cache>(asio::query(executor, asio::execution::context));
    return cache.find_or_make(key, [&] {
        const asio::any_io_executor strand = asio::make_strand(executor);
        return std::make_shared<cached_credentials>(strand, make(strand));
    });
}

} // namespace redrive::auth
