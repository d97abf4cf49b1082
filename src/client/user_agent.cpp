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

// A comma list of at most so many bytes as the grammar allows, which ends with a whole id.
std::string joined(std::string_view features, std::string_view more) {
    constexpr std::size_t longest = 1024;
    std::string out{features};
    if (!out.empty() && !more.empty()) out.push_back(',');
    out.append(more);
    if (out.size() > longest) out.resize(out.rfind(',', longest));
    return out;
}

} // namespace

std::string user_agent::text(std::string_view more) const {
    std::string text = "redrive/" REDRIVE_VERSION " ua/2.1 api/sqs#2012-11-05 os/linux";
#if defined(__x86_64__)
    text.append(" md/arch#x86_64");
#elif defined(__aarch64__)
    text.append(" md/arch#aarch64");
#endif
    text.append(" lang/c++#20");
    if (!execution_env.empty()) text.append(" exec-env/").append(sanitised(execution_env));
    const auto used = joined(features, more);
    if (!used.empty()) text.append(" m/").append(used);
    if (!app_id.empty()) text.append(" app/").append(sanitised(app_id));
    return text;
}

} // namespace redrive::detail
