#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "auth/identity.hpp"
#include "client/client_core.hpp"
#include "redrive/fleet_options.hpp"
#include "redrive/target.hpp"

namespace redrive::detail {

// Who acts where: the identities of a fleet and the regions that each covers. Pure once loaded.
class roster {
  public:
    struct place {
        std::size_t who = 0; // index into identities()
        std::string region;
    };

    // Reads the shared files and the environment.
    [[nodiscard]] static std::variant<roster, setup_error> load(const fleet_config& config);
    // From parts, for tests.
    [[nodiscard]] static std::variant<roster, setup_error> from(
        std::vector<auth::identity> identities, const std::vector<std::string>& regions);

    [[nodiscard]] const std::vector<auth::identity>& identities() const noexcept {
        return identities_;
    }
    // Every account and region to search; two identities of one known account count once.
    [[nodiscard]] const std::vector<place>& places() const noexcept { return places_; }

    // Identities without any region to search: none was given, and they have no default.
    [[nodiscard]] const std::vector<std::size_t>& without_region() const noexcept {
        return without_region_;
    }

    // What is wrong in the settings and files, and was ignored; each once.
    [[nodiscard]] std::vector<std::string> warnings() const;

    struct route {
        std::vector<std::size_t> candidates; // to be tried in turn; empty: refused
        std::string refusal;                 // why nobody serves it
    };
    // Who can act on a target: those of its account, else those whose account is unknown. A target
    // without an account is served by everyone. An endpoint override serves any account.
    [[nodiscard]] route route_for(const target& what) const;

    // A reply proved whose account an identity is.
    void learn_account(std::size_t who, const std::string& account);

  private:
    std::vector<auth::identity> identities_;
    std::vector<place> places_;
    std::vector<std::size_t> without_region_;
    std::vector<std::string> file_warnings_;
};

} // namespace redrive::detail
