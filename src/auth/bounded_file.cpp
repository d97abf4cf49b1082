#include "auth/bounded_file.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <system_error>

namespace redrive::auth {

std::optional<std::string> read_bounded_file(const std::string& path, std::size_t longest) {
    constexpr std::size_t step = 4096;
    std::ifstream in;
    in.rdbuf()->pubsetbuf(nullptr, 0); // which nobody would overwrite
    in.open(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string text;
    std::error_code ec;
    const auto size = std::filesystem::file_size(path, ec);
    // What holds secrets is not moved about while it grows. Pipes have no size.
    if (!ec) text.reserve(static_cast<std::size_t>(std::min<std::uintmax_t>(size, longest)) + step);
    while (in && text.size() <= longest) {
        const auto before = text.size();
        text.resize(std::min(before + step, longest + 1));
        in.read(&text[before], static_cast<std::streamsize>(text.size() - before));
        text.resize(before + static_cast<std::size_t>(in.gcount()));
    }
    if (in.bad()) return std::nullopt;
    return text;
}

} // namespace redrive::auth
