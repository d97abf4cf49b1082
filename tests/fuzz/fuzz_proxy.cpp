#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "wire/no_proxy.hpp"
#include "wire/proxy_connect.hpp"

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

// A proxy's name is the proxy without its secrets, and no request to it has more than three lines.
void read_url(std::string_view url) {
    const auto parsed = redrive::wire::parse_proxy_url(url);
    if (!parsed) return;
    const auto again = redrive::wire::parse_proxy_url(parsed->name());
    require(again && again->name() == parsed->name() && again->authorization.empty());
    const auto request = redrive::wire::connect_request(*parsed, "sqs.example:443");
    require(std::count(request.begin(), request.end(), '\n') ==
            (parsed->authorization.empty() ? 3 : 4));
}

// Whatever a list says, the port of a rule only ever narrows it, and case means nothing.
void read_list(std::string_view list, std::string_view host) {
    const redrive::wire::no_proxy_list rules{list};
    std::string upper{host};
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    require(rules.covers(host, 443) == rules.covers(upper, 443));
    require(!rules.covers(host, 0) || rules.covers(host, 443));
}

} // namespace

// The first line is a proxy's URL or a host, the rest a NO_PROXY list.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto line = std::min(text.find('\n'), text.size());
    read_url(text.substr(0, line));
    read_list(text.substr(std::min(line + 1, text.size())), text.substr(0, line));
    return 0;
}
