#include "auth/credential_features.hpp"

namespace redrive::auth {
namespace {

std::string_view feature_of(named_source from) noexcept {
    switch (from) {
    case named_source::environment: return features::environment;
    case named_source::ec2_instance_metadata: return features::imds;
    case named_source::ecs_container: return features::container;
    }
    return {};
}

struct base_features {
    std::string_view operator()(const static_keys&) const noexcept { return "n"; }
    std::string_view operator()(named_source from) const noexcept { return feature_of(from); }
    std::string_view operator()(const web_identity_source&) const noexcept { return "q,k"; }
    std::string_view operator()(const sso_source& from) const noexcept {
        return from.session.empty() ? "t,u" : "r,s";
    }
    std::string_view operator()(const process_source&) const noexcept { return "v,w"; }
    std::string_view operator()(const login_source&) const noexcept { return "AC,AD"; }
};

} // namespace

std::string features_of(const profile_chain& chain) {
    std::string out{std::visit(base_features{}, chain.base)};
    if (chain.roles.empty()) return out;
    const bool is_named = std::holds_alternative<named_source>(chain.base);
    return out + (is_named ? ",p,i" : ",o,i");
}

} // namespace redrive::auth
