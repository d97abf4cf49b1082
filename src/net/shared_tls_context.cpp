#include "net/shared_tls_context.hpp"

#include <boost/asio/execution_context.hpp>
#include <boost/asio/query.hpp>

#include <compare>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>

namespace redrive::net {
namespace {

// A file as it is now; one that cannot be read is like no other that can.
struct file_state {
    std::string path;
    std::filesystem::file_time_type written;
    std::uintmax_t size = 0;

    auto operator<=>(const file_state&) const = default;
};

file_state state_of(const std::string& path) {
    file_state out;
    out.path = path;
    std::error_code ec;
    out.written = std::filesystem::last_write_time(path, ec);
    out.size = std::filesystem::file_size(path, ec);
    return out;
}

class tls_context_store final : public asio::execution_context::service {
  public:
    using key_type = tls_context_store;
    static asio::execution_context::id id;

    explicit tls_context_store(asio::execution_context& context)
        : asio::execution_context::service{context} {}

    tls_context_result get(const tls_settings& settings) {
        const std::lock_guard lock{mutex_};
        std::erase_if(kept_, [](const auto& each) { return each.second.expired(); });
        auto& kept = kept_[{state_of(settings.ca_bundle),
                            state_of(settings.client_certificate),
                            state_of(settings.client_key)}];
        if (auto known = kept.lock()) return {std::move(known), {}, {}};
        auto made = make_tls_context(settings);
        kept = made.context;
        return made;
    }

  private:
    void shutdown() override {}

    using key = std::tuple<file_state, file_state, file_state>;

    std::mutex mutex_; // contexts may have several threads
    std::map<key, std::weak_ptr<asio::ssl::context>> kept_;
};

asio::execution_context::id tls_context_store::id;

} // namespace

tls_context_result shared_tls_context(const asio::any_io_executor& ex,
                                      const tls_settings& settings) {
    auto& context = asio::query(ex, asio::execution::context);
    return asio::use_service<tls_context_store>(context).get(settings);
}

} // namespace redrive::net
