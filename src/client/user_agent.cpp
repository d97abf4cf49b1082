#include "client/user_agent.hpp"

#include <algorithm>
#include <cctype>

namespace redrive::detail {
namespace {

constexpr std::size_t longest_component = 256;

std::string sanitised(std::string_view text) {
    static constexpr std::string_view allowed = "!$%&'*+-.^_`|~,#";
    std::string out{text.substr(0, longest_component)};
    std::replace_if(
        out.begin(),
        out.end(),
        [](unsigned char c) {
            return c >= 0x80 || (!std::isalnum(c) &&
                                 allowed.find(static_cast<char>(c)) == std::string_view::npos);
        },
        '-');
    return out;
}

} // namespace

std::string make_user_agent(std::string_view app_id, std::string_view execution_env) {
    std::string text = "redrive/" REDRIVE_VERSION " ua/2.1 api/sqs#2012-11-05 os/linux";
#if defined(__x86_64__)
    text.append(" md/arch#x86_64");
#elif defined(__aarch64__)
    text.append(" md/arch#aarch64");
#endif
    text.append(" lang/c++#20");
    if (!execution_env.empty()) text.append(" exec-env/").append(sanitised(execution_env));
    text.append(" m/E");
    if (!app_id.empty()) text.append(" app/").append(sanitised(app_id));
    return text;
}

} // namespace redrive::detail
