#include "sim/sts_operations.hpp"

#include <algorithm>

namespace redrive::sim {

std::string_view form_action(std::string_view form) noexcept {
    constexpr std::string_view key = "Action=";
    while (!form.empty()) {
        const auto end = std::min(form.find('&'), form.size());
        if (form.starts_with(key)) return form.substr(key.size(), end - key.size());
        form.remove_prefix(std::min(end + 1, form.size()));
    }
    return {};
}

void append_caller_identity(std::string& body,
                            std::string_view account,
                            std::string_view request_id) {
    body += R"(<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">)"
            "<GetCallerIdentityResult><Arn>arn:aws:iam::";
    body.append(account).append(":user/sim</Arn><UserId>AIDASIM0").append(account);
    body.append("</UserId><Account>").append(account);
    body += "</Account></GetCallerIdentityResult><ResponseMetadata><RequestId>";
    body.append(request_id);
    body += "</RequestId></ResponseMetadata></GetCallerIdentityResponse>";
}

} // namespace redrive::sim
