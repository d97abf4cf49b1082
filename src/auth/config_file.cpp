#include "auth/config_file.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/ascii.hpp"

namespace redrive::auth {
namespace {

bool is_blank(char c) noexcept {
    return c == ' ' || c == '\t';
}
bool is_comment_mark(char c) noexcept {
    return c == '#' || c == ';';
}

// In a property a comment needs a blank before its mark; `value; x` is all value.
std::string_view without_comment(std::string_view line) noexcept {
    for (std::size_t i = 1; i < line.size(); ++i)
        if (is_comment_mark(line[i]) && is_blank(line[i - 1])) return line.substr(0, i);
    return line;
}

std::string_view take_line(std::string_view& text) noexcept {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

class parser {
  public:
    explicit parser(std::string_view path) : path_{path} {}

    std::optional<config_error> read(std::string_view line) {
        ++line_;
        if (trimmed(line).empty() || is_comment_mark(line.front())) return std::nullopt;
        if (line.front() == '[') return read_section(line);
        if (sections_.empty())
            return failure("Expected a profile definition",
                           "put a section such as [default] before it");
        return is_blank(line.front()) ? read_continuation(trimmed(line)) : read_property(line);
    }

    std::vector<config_section> take() && { return std::move(sections_); }

  private:
    std::optional<config_error> read_section(std::string_view line) {
        line = trimmed(line.substr(0, line.find_first_of("#;")));
        if (!line.ends_with(']'))
            return failure("Profile definition must end with ']'", "close the bracket");
        const auto inside = trimmed(line.substr(1, line.size() - 2));
        const auto gap = inside.find_first_of(ascii_blanks);
        config_section section;
        section.line = line_;
        if (gap == std::string_view::npos) {
            section.name = inside;
        } else {
            section.prefix = inside.substr(0, gap);
            section.name = trimmed(inside.substr(gap));
        }
        sections_.push_back(std::move(section));
        return std::nullopt;
    }

    std::optional<config_error> read_property(std::string_view line) {
        line = without_comment(line);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos)
            return failure("Expected an '=' sign defining a property", "write it as key = value");
        const auto key = trimmed(line.substr(0, equals));
        if (key.empty()) return failure("Property did not have a name", "write it as key = value");
        sections_.back().properties.push_back(
            {lower(key), std::string{trimmed(line.substr(equals + 1))}, line_});
        opens_block_ = sections_.back().properties.back().value.empty();
        return std::nullopt;
    }

    // Comments are part of a continuation, even one that begins with a comment mark.
    std::optional<config_error> read_continuation(std::string_view text) {
        auto& properties = sections_.back().properties;
        if (properties.empty())
            return failure("Expected a property definition, found continuation",
                           "remove the blanks at the start of the line");
        if (opens_block_) {
            const auto equals = text.find('=');
            if (equals == std::string_view::npos)
                return failure("Expected an '=' sign defining a sub-property",
                               "write it as key = value");
            if (trimmed(text.substr(0, equals)).empty())
                return failure("Sub-property did not have a name", "write it as key = value");
        }
        properties.back().value.append("\n").append(text);
        return std::nullopt;
    }

    config_error failure(std::string_view what, std::string_view remedy) const {
        config_error error;
        error.file = path_;
        error.line = line_;
        error.message = error.file + ":" + std::to_string(line_) + ": ";
        error.message.append(what).append("; ").append(remedy);
        return error;
    }

    std::string_view path_;
    std::size_t line_ = 0;
    std::vector<config_section> sections_;
    bool opens_block_ = false; // the last property began without a value
};

} // namespace

result<std::vector<config_section>> parse_config_file(std::string_view text,
                                                      std::string_view path) {
    parser reader{path};
    while (!text.empty())
        if (auto error = reader.read(take_line(text))) return *std::move(error);
    return std::move(reader).take();
}

bool is_config_name(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view{"_-/.%@:+"}.find(c) != std::string_view::npos;
    });
}

std::string_view sub_property(std::string_view block, std::string_view key) noexcept {
    std::string_view found;
    while (!block.empty()) {
        const auto line = take_line(block);
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        if (trimmed(line.substr(0, equals)) == key) found = trimmed(line.substr(equals + 1));
    }
    return found;
}

} // namespace redrive::auth
