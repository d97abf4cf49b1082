#include "auth/source_context.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <utility>

#include "auth/bounded_file.hpp"
#include "wire/digest.hpp"
#include "wire/uuid.hpp"

namespace redrive::auth {
namespace {

constexpr std::size_t longest_source_file = 64 * 1024;

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto n = ::write(file, bytes.data(), bytes.size());
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

} // namespace

double source_context::random_unit() const {
    constexpr double steps = 9007199254740992.0; // 2 to the 53rd, the precision of a double
    return static_cast<double>(random() >> 11) / steps;
}

std::string source_context::new_uuid() const {
    std::array<std::uint64_t, 2> bits;
    for (auto& half : bits)
        half = random();
    const auto id = wire::uuid_v4(bits);
    return {id.data(), id.size()};
}

std::optional<secret_text> read_source_file(const source_context& context,
                                            const std::string& path) {
    auto text = read_bounded_file(context.file_root + path, longest_source_file);
    if (!text) return std::nullopt;
    secret_text out{*text};
    wire::wipe(text->data(), text->size());
    if (out.reveal().size() > longest_source_file) return std::nullopt;
    return out;
}

bool replace_source_file(const source_context& context,
                         const std::string& path,
                         std::string_view text) {
    const auto target = context.file_root + path;
    auto temporary = target + ".XXXXXX";
    const int file = ::mkstemp(temporary.data()); // mode 0600
    if (file < 0) return false;
    const bool written = write_all(file, text) && ::fsync(file) == 0;
    const bool closed = ::close(file) == 0;
    if (written && closed && ::rename(temporary.c_str(), target.c_str()) == 0) return true;
    ::unlink(temporary.c_str());
    return false;
}

std::optional<std::string> in_home(const source_context& context, std::string_view path) {
    const auto home = context.env.get("HOME");
    if (!home) return std::nullopt;
    return *home + "/" + std::string{path};
}

} // namespace redrive::auth
