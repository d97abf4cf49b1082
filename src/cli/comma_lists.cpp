#include "cli/comma_lists.hpp"

namespace redrive::cli {

std::vector<std::string_view> elements_of(const std::vector<std::string>& lists) {
    std::vector<std::string_view> out;
    for (std::string_view rest : lists) {
        for (auto comma = rest.find(','); comma != rest.npos; comma = rest.find(',')) {
            out.push_back(rest.substr(0, comma));
            rest.remove_prefix(comma + 1);
        }
        out.push_back(rest);
    }
    return out;
}

} // namespace redrive::cli
