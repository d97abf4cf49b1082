#pragma once

#include <string>
#include <string_view>

namespace redrive::detail {

// The User-Agent of the AWS SDKs' grammar 2.1, under our own product name. Characters that the
// grammar does not allow become `-`.
struct user_agent {
    std::string app_id; // the user's (AWS_SDK_UA_APP_ID)
    std::string execution_env;
    std::string features; // a comma list of the grammar's ids

    // `more`: features that became known later.
    [[nodiscard]] std::string text(std::string_view more = {}) const;
};

} // namespace redrive::detail
