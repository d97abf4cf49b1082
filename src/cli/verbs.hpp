#pragma once

#include <boost/asio/awaitable.hpp>

#include "cli/session.hpp"

namespace redrive::cli {

[[nodiscard]] boost::asio::awaitable<exit_code> run_list(session& run);
[[nodiscard]] boost::asio::awaitable<exit_code> run_cancel(session& run);
[[nodiscard]] boost::asio::awaitable<exit_code> run_verify(session& run);
[[nodiscard]] boost::asio::awaitable<exit_code> run_doctor(session& run);
// Needs no session: it asks nobody.
[[nodiscard]] exit_code run_iam_policy(const options& given);

} // namespace redrive::cli
