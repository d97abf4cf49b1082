#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>

#include "auth/environment.hpp"
#include "redrive/credentials.hpp"
#include "redrive/time_source.hpp"

namespace redrive::auth {

struct child_result {
    bool started = false;
    bool timed_out = false; // it was killed, and all that it had started
    int status = -1;        // what it exited with; 128 and the signal's number when it was killed
    secret_text output;     // at most 64 KiB
    std::string errors;     // the first 4 KiB of what it wrote to stderr
};

// Runs a command line with the shell, nothing on its stdin, and waits without a thread.
[[nodiscard]] boost::asio::awaitable<child_result> run_in_shell(boost::asio::any_io_executor ex,
                                                                std::shared_ptr<time_source> time,
                                                                secret_text command,
                                                                environment env,
                                                                std::chrono::milliseconds limit);

} // namespace redrive::auth
