#include "auth/config_files.hpp"
#include "auth/explained_settings.hpp"
#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

auth::environment read_environment(wire::json_value input) {
    auth::environment::variables out;
    for (const auto [name, value] : required_object(input, "env").members()) {
        if (!value.text()) throw refused{std::string{name} + " is not a string"};
        out.insert_or_assign(std::string{name}, std::string{*value.text()});
    }
    return auth::environment{std::move(out)};
}

// What a program sets in code.
class client_reader {
  public:
    explicit client_reader(wire::json_value client) : client_{client} {}

    auth::setting_overrides read() const {
        auth::setting_overrides out;
        out.region = text_of("region");
        out.sqs_endpoint_url = text_of("endpoint_url");
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

struct value_writer {
    wire::json_writer& output;

    void operator()(std::monostate) const { output.null(); }
    void operator()(const std::string& text) const { output.text(text); }
    void operator()(bool flag) const { output.boolean(flag); }
    void operator()(std::uint32_t number) const { output.integer(number); }
};

} // namespace

answer resolve_config(wire::json_value input, wire::json_writer& output) {
    const auto env = read_environment(input);
    const auto files =
        auth::load_shared_config(env, std::string{text(input, "fs_root").value_or("")});
    if (!files) throw refused{files.error().message};
    std::optional<auth::sourced<std::string>> profile;
    if (const auto name = text(input, "profile")) profile = {std::string{*name}, "profile"};
    const auto values = auth::resolve_selected_settings(
        client_reader{input["client"]}.read(), env, *files, profile);
    if (!values) throw refused{values.error().message};

    output.begin_object();
    for (const auto& [name, value, source] : auth::explain_settings(*values, env)) {
        output.key(name);
        output.begin_object();
        output.key("value");
        std::visit(value_writer{output}, value);
        write_text(output, "source", source);
        output.end_object();
    }
    output.key("warnings");
    output.begin_array();
    for (const auto* list : {&files->warnings(), &values->warnings})
        for (const auto& warning : *list)
            output.text(warning);
    output.end_array();
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
