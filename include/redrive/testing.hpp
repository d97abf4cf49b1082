#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "redrive/errors.hpp"

/// For the tests of programs that use redrive: a service in memory, which answers by a script. The
/// client does all that it does otherwise (settings, signatures, retries, deadlines, cancellation,
/// parsing), but opens no connection.
namespace redrive::testing {

/// A request as the service receives it.
struct request {
    std::string operation; ///< such as CancelMessageMoveTask
    std::string host;
    std::string body; ///< JSON
    std::vector<std::pair<std::string, std::string>> headers;

    /// The value of a header, whatever its case; empty when it is absent.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
};

/// What the service answers.
struct reply {
    unsigned status = 200;
    std::string body = "{}";
    std::vector<std::pair<std::string, std::string>> headers{};
    std::chrono::milliseconds after{0}; ///< by the client's time source
    /// No answer: the connection is lost with the request on it, which may have been applied.
    bool lost = false;

    /// An error as SQS words it: `code` such as ResourceNotFoundException.
    [[nodiscard]] static reply error(std::string_view code,
                                     std::string_view message = {},
                                     unsigned status = 400);
    [[nodiscard]] static reply connection_lost();
};

/// Answers each request by a function, which runs on the client's executor and never inside the
/// initiating call. Give it to client_config::service or fleet_config::service. Share it only
/// between clients of one executor.
class scripted_service {
  public:
    using answerer = std::function<reply(const request&)>;

    explicit scripted_service(answerer answer) : answer_{std::move(answer)} {}

    /// Every request so far, in the order in which they were sent, those of retries included.
    [[nodiscard]] const std::vector<request>& requests() const noexcept { return requests_; }

    /// What the client does with a request.
    [[nodiscard]] reply answer(request what);

  private:
    answerer answer_;
    std::vector<request> requests_;
};

} // namespace redrive::testing
