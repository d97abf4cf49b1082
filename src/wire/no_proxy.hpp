#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace redrive::wire {

// The hosts that are reached without a proxy: the value of NO_PROXY, read as curl and Go do.
// `*` alone covers everything. Else a comma list of names, which cover themselves and what is below
// them, of address literals, and of blocks such as 10.0.0.0/8; names and literals may end in a port
// that must be equal then.
class no_proxy_list {
  public:
    no_proxy_list() = default;
    explicit no_proxy_list(std::string_view text);

    // `host`: a name or an address literal, with or without brackets.
    [[nodiscard]] bool covers(std::string_view host, std::uint16_t port) const;

    using address = std::array<unsigned char, 16>;
    struct block {
        bool is_v6 = false;
        address bytes{};
        unsigned bits = 0; // how many of them count
    };

  private:
    struct rule {
        std::variant<std::string, block> where; // a name without dots around it, or addresses
        std::uint16_t port = 0;                 // 0: any
    };

    void add(std::string_view item);

    std::vector<rule> rules_;
    bool everything_ = false;
};

// What no proxy may ever see: loopback, link-local addresses, and the hosts of instance metadata.
[[nodiscard]] bool is_never_proxied(std::string_view host);

} // namespace redrive::wire
