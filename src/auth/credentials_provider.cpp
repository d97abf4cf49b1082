#include "auth/credentials_provider.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/post.hpp>

#include <utility>

namespace redrive::auth {

void static_credentials_provider::async_load(const boost::asio::any_io_executor& executor,
                                             completion done) {
    boost::asio::post(executor,
                      boost::asio::append(std::move(done), result<loaded_credentials>{keys_}));
}

} // namespace redrive::auth
