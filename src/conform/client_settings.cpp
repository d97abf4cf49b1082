#include "conform/client_settings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

class client_reader {
  public:
    explicit client_reader(wire::json_value client) : client_{client} {}

    auth::setting_overrides read() const {
        auth::setting_overrides out;
        out.region = text_of("region");
        out.sqs_endpoint_url = text_of("endpoint_url");
        if (!out.sqs_endpoint_url) out.sqs_endpoint_url = text_of("endpoint");
        out.sts_endpoint_url = text_of("sts_endpoint_url");
        out.ca_bundle = text_of("ca_bundle");
        out.use_fips = flag_of("use_fips");
        out.use_dualstack = flag_of("use_dualstack");
        if (const auto attempts = integer(client_, "max_attempts")) {
            if (*attempts < 0) throw refused{"max_attempts is negative"};
            out.max_attempts = {static_cast<std::uint32_t>(*attempts), "client"};
        }
        if (const auto mode = text(client_, "retry_mode")) out.mode = {mode_of(*mode), "client"};
        return out;
    }

  private:
    static auth::retry_mode mode_of(std::string_view name) {
        for (const auto each : {auth::retry_mode::standard, auth::retry_mode::adaptive})
            if (name == auth::to_string(each)) return each;
        throw refused{"retry_mode is neither standard nor adaptive"};
    }
    std::optional<auth::sourced<std::string>> text_of(const char* name) const {
        const auto value = text(client_, name);
        if (!value) return std::nullopt;
        return auth::sourced<std::string>{std::string{*value}, "client"};
    }
    std::optional<auth::sourced<bool>> flag_of(const char* name) const {
        if (!client_[name].exists()) return std::nullopt;
        return auth::sourced<bool>{flag(client_, name, false), "client"};
    }

    wire::json_value client_;
};

} // namespace

auth::environment environment_of(wire::json_value input) {
    auth::environment::variables out;
    const auto given = input["env"];
    if (given.exists() && !given.is_object()) throw refused{"env is not an object"};
    for (const auto [name, value] : given.members()) {
        if (!value.text()) throw refused{"env has a value that is not a string"};
        out.emplace(name, *value.text());
    }
    return auth::environment{std::move(out)};
}

auth::setting_overrides overrides_of(wire::json_value client) {
    return client_reader{client}.read();
}

} // namespace redrive::conform
