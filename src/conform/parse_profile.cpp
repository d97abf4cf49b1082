#include "auth/shared_config.hpp"
#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

auth::config_text read_file(wire::json_value input, const char* name, const char* path) {
    return {std::string{text(input, name).value_or("")}, path};
}

void write_groups(wire::json_writer& output,
                  std::string_view name,
                  const std::vector<auth::config_group>& groups) {
    output.key(name);
    output.begin_object();
    for (const auto& group : groups) {
        output.key(group.name());
        output.begin_object();
        for (const auto& [key, value] : group.all())
            write_text(output, key, value.text);
        output.end_object();
    }
    output.end_object();
}

answer write_error(wire::json_writer& output, const auth::config_error& error) {
    output.begin_object();
    output.key("error");
    output.begin_object();
    write_text(output, "message", error.message);
    write_text(output, "file", error.file);
    output.key("line");
    output.integer(static_cast<std::int64_t>(error.line));
    output.end_object();
    output.end_object();
    return answer::error;
}

} // namespace

answer parse_profile(wire::json_value input, wire::json_writer& output) {
    const auto parsed =
        auth::shared_config::parse(read_file(input, "configFile", "~/.aws/config"),
                                   read_file(input, "credentialsFile", "~/.aws/credentials"));
    if (!parsed) return write_error(output, parsed.error());

    output.begin_object();
    write_groups(output, "profiles", parsed->profiles());
    write_groups(output, "sso_sessions", parsed->sso_sessions());
    output.key("other");
    output.begin_object();
    for (const auto& [prefix, groups] : parsed->other())
        write_groups(output, prefix, groups.all());
    output.end_object();
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
