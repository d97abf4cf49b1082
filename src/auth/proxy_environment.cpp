#include "auth/proxy_environment.hpp"

#include <array>
#include <string>

#include "core/ascii.hpp"

namespace redrive::auth {
namespace {

// The URL may hold a password, so that no message shows it.
wire::proxy_rules::choice read(std::string_view url, const std::string& source) {
    wire::proxy_rules::choice out;
    out.source = source;
    out.proxy = wire::parse_proxy_url(url);
    if (!out.proxy)
        out.problem = "The proxy from " + source +
                      " cannot be used; write http://[user:password@]host[:port], or https://, "
                      "with % escapes in user and password";
    return out;
}

class proxy_variables {
  public:
    explicit proxy_variables(const environment& env) : env_{env} {}

    wire::proxy_rules::choice first_of(const std::array<std::string_view, 2>& names) const {
        for (const auto name : names)
            for (const auto& spelling : {lower(name), std::string{name}})
                if (const auto value = get(spelling)) return read(*value, spelling);
        return {};
    }

  private:
    std::optional<std::string> get(const std::string& name) const {
        if (name == "HTTP_PROXY" && env_.get("REQUEST_METHOD")) return std::nullopt;
        return env_.get(name);
    }

    const environment& env_;
};

} // namespace

wire::proxy_rules proxies_from(const environment& env) {
    const proxy_variables variables{env};
    wire::proxy_rules out;
    out.for_https = variables.first_of({"HTTPS_PROXY", "ALL_PROXY"});
    out.for_http = variables.first_of({"HTTP_PROXY", "ALL_PROXY"});
    out.exceptions = wire::no_proxy_list{no_proxy_from(env).value};
    return out;
}

sourced<std::string> no_proxy_from(const environment& env) {
    for (const char* name : {"no_proxy", "NO_PROXY"})
        if (auto value = env.get(name)) return {*std::move(value), name};
    return {};
}

wire::proxy_rules proxies_from(std::string_view given_url) {
    wire::proxy_rules out;
    if (given_url.empty()) return out;
    out.for_https = read(given_url, "transport_options::proxy");
    out.for_http = out.for_https;
    return out;
}

} // namespace redrive::auth
