#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "auth/environment.hpp"
#include "auth/identity.hpp"
#include "auth/profile_chain.hpp"
#include "auth/settings.hpp"
#include "auth/shared_config.hpp"

namespace {

// Each profile yields settings, credentials and a chain, or an error that says why.
void use(const redrive::auth::shared_config& config) {
    using namespace redrive::auth;
    const environment env{environment::variables{}};
    for (const auto& profile : config.profiles()) {
        if (config.profile(profile.name()) != &profile) std::abort();
        const auto settings = resolve_settings({}, env, config, &profile);
        if (!settings && settings.error().message.empty()) std::abort();
        const auto who = load_identity(env, config, profile.name());
        if (!who && who.error().message.empty()) std::abort();
        const auto chain = resolve_profile_chain(config, profile.name());
        if (!chain && chain.error().message.empty()) std::abort();
        if (chain && chain->base_source.empty()) std::abort();
    }
}

} // namespace

// The input is the config file, a line with `---`, the credentials file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    constexpr std::string_view border = "\n---\n";
    const auto at = text.find(border);
    redrive::auth::config_text config{std::string{text.substr(0, at)}, "config"};
    redrive::auth::config_text credentials{{}, "credentials"};
    if (at != std::string_view::npos) credentials.text = text.substr(at + border.size());
    const auto parsed = redrive::auth::shared_config::parse(config, credentials);
    if (parsed) {
        use(*parsed);
    } else if (parsed.error().line == 0) {
        std::abort();
    }
    return 0;
}
