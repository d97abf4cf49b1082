#include "auth/profile_chain.hpp"

#include "conform/input.hpp"
#include "conform/verb.hpp"

namespace redrive::conform {
namespace {

auth::config_groups read_groups(wire::json_value input, const char* name) {
    auth::config_groups out;
    for (const auto [group, keys] : input[name].members()) {
        auto& into = out.find_or_add(std::string{group});
        for (const auto [key, value] : keys.members()) {
            if (!value.text()) throw refused{std::string{key} + " is not a string"};
            into.set(std::string{key}, {std::string{*value.text()}, name, 0});
        }
    }
    return out;
}

void write_unless_empty(wire::json_writer& output, std::string_view name, std::string_view value) {
    if (!value.empty()) write_text(output, name, value);
}

// Each link as an object with one key.
class link_writer {
  public:
    explicit link_writer(wire::json_writer& output) : output_{output} {}

    void operator()(const auth::static_keys& base) {
        begin("AccessKey");
        write_text(output_, "access_key_id", base.keys.access_key_id);
        write_text(output_, "secret_access_key", base.keys.secret_access_key.reveal());
        write_unless_empty(output_, "session_token", base.keys.session_token.reveal());
        write_unless_empty(output_, "account_id", base.keys.account_id);
        end();
    }
    void operator()(const auth::named_source& base) { one("NamedSource", auth::to_string(base)); }
    void operator()(const auth::web_identity_source& base) {
        begin("WebIdentityToken");
        write_text(output_, "role_arn", base.role_arn);
        write_text(output_, "web_identity_token_file", base.token_file);
        write_unless_empty(output_, "role_session_name", base.session_name);
        end();
    }
    void operator()(const auth::sso_source& base) {
        begin("Sso");
        write_text(output_, "sso_region", base.region);
        write_text(output_, "sso_start_url", base.start_url);
        write_unless_empty(output_, "sso_account_id", base.account_id);
        write_unless_empty(output_, "sso_role_name", base.role_name);
        write_unless_empty(output_, "sso_session", base.session);
        end();
    }
    void operator()(const auth::process_source& base) {
        one("CredentialProcess", base.command.reveal());
    }
    void operator()(const auth::login_source& base) { one("LoginSession", base.session); }
    void operator()(const auth::role_step& role) {
        begin("AssumeRole");
        write_text(output_, "role_arn", role.role_arn);
        write_unless_empty(output_, "external_id", role.external_id);
        write_unless_empty(output_, "role_session_name", role.session_name);
        end();
    }

  private:
    void one(std::string_view name, std::string_view value) {
        output_.begin_object();
        write_text(output_, name, value);
        output_.end_object();
    }
    void begin(std::string_view name) {
        output_.begin_object();
        output_.key(name);
        output_.begin_object();
    }
    void end() {
        output_.end_object();
        output_.end_object();
    }

    wire::json_writer& output_;
};

} // namespace

answer profile_chain(wire::json_value input, wire::json_writer& output) {
    const auth::shared_config config{read_groups(input, "profiles"),
                                     read_groups(input, "sso_sessions")};
    const auto chain =
        auth::resolve_profile_chain(config, required_text(input, "selected_profile"));
    if (!chain) throw refused{chain.error().message};

    output.begin_object();
    output.key("chain");
    output.begin_array();
    link_writer write{output};
    std::visit(write, chain->base);
    for (const auto& role : chain->roles)
        write(role);
    output.end_array();
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
