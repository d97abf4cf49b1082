#pragma once

#include <string>
#include <string_view>

namespace redrive::detail {

// The User-Agent of the AWS SDKs' grammar 2.1, under our own product name. `app_id` is the user's
// (AWS_SDK_UA_APP_ID); characters that the grammar does not allow become `-`.
[[nodiscard]] std::string make_user_agent(std::string_view app_id, std::string_view execution_env);

} // namespace redrive::detail
