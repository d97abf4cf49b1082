#include "auth/config_files.hpp"
#include "auth/explained_settings.hpp"
#include "conform/client_settings.hpp"
#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

struct value_writer {
    wire::json_writer& output;

    void operator()(std::monostate) const { output.null(); }
    void operator()(const std::string& text) const { output.text(text); }
    void operator()(bool flag) const { output.boolean(flag); }
    void operator()(std::uint32_t number) const { output.integer(number); }
};

} // namespace

answer resolve_config(wire::json_value input, wire::json_writer& output) {
    static_cast<void>(required_object(input, "env"));
    const auto env = environment_of(input);
    const auto files =
        auth::load_shared_config(env, std::string{text(input, "fs_root").value_or("")});
    if (!files) throw refused{files.error().message};
    std::optional<auth::sourced<std::string>> profile;
    if (const auto name = text(input, "profile")) profile = {std::string{*name}, "profile"};
    const auto values =
        auth::resolve_selected_settings(overrides_of(input["client"]), env, *files, profile);
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
