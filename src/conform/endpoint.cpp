#include "auth/endpoint_rules.hpp"
#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

auth::service read_service(wire::json_value input) {
    const auto name = text(input, "service").value_or("sqs");
    if (name == "sqs") return auth::service::sqs;
    if (name == "sts") return auth::service::sts;
    if (name == "sso") return auth::service::sso;
    if (name == "sso_oidc") return auth::service::sso_oidc;
    if (name == "signin") return auth::service::signin;
    throw refused{"service is none of sqs, sts, sso, sso_oidc, signin"};
}

} // namespace

answer endpoint(wire::json_value input, wire::json_writer& output) {
    const auto params = required_object(input, "params");
    const auto resolved = auth::resolve_endpoint(
        read_service(input),
        {.region = std::string{text(params, "Region").value_or("")},
         .use_fips = flag(params, "UseFIPS", false),
         .use_dualstack = flag(params, "UseDualStack", false),
         .endpoint_override = std::string{text(params, "Endpoint").value_or("")},
         .legacy_sts = flag(params, "UseGlobalEndpoint", false)});
    if (!resolved) throw refused{resolved.error().message};

    output.begin_object();
    write_text(output, "url", resolved->url);
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
