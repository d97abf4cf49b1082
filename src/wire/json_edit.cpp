#include "wire/json_edit.hpp"

#include <algorithm>
#include <cstddef>

#include "wire/credential_json.hpp"
#include "wire/json_writer.hpp"

namespace redrive::wire {
namespace {

// Everything here looks at text that the parser has accepted: what is searched for is there.

// Behind the quote that closes the string which begins at `at`.
std::size_t end_of_string(std::string_view json, std::size_t at) noexcept {
    while (true) {
        at = json.find_first_of("\\\"", at + 1);
        if (json[at] == '"') return at + 1;
        ++at; // what is escaped closes nothing
    }
}

// Behind the bracket that closes the object or array which begins at `at`.
std::size_t end_of_brackets(std::string_view json, std::size_t at) noexcept {
    std::size_t depth = 0;
    do {
        at = json.find_first_of("{}[]\"", at);
        const char c = json[at];
        if (c == '"') {
            at = end_of_string(json, at);
            continue;
        }
        c == '{' || c == '[' ? ++depth : --depth;
        ++at;
    } while (depth > 0);
    return at;
}

std::size_t end_of_value(std::string_view json, std::size_t at) noexcept {
    if (json[at] == '"') return end_of_string(json, at);
    if (json[at] == '{' || json[at] == '[') return end_of_brackets(json, at);
    return json.find_first_of(",} \t\r\n", at);
}

struct member_place {
    std::string_view name;
    std::size_t begin, end; // of the value
};

// In the order of the text, which is the order of the parsed members too.
std::vector<member_place> places_of(std::string_view json, json_value object) {
    std::vector<member_place> places;
    auto at = json.find('{');
    for (const auto [name, value] : object.members()) {
        at = end_of_string(json, json.find('"', at));
        at = json.find(':', at);
        const auto begin = json.find_first_not_of(" \t\r\n", at + 1);
        at = end_of_value(json, begin);
        places.push_back({name, begin, at});
    }
    return places;
}

const json_change* change_of(const std::vector<json_change>& changes, std::string_view name) {
    const auto found = std::find_if(changes.begin(), changes.end(), [name](const auto& change) {
        return same_member_name(change.name, name);
    });
    return found == changes.end() ? nullptr : &*found;
}

bool has_place(const std::vector<member_place>& places, std::string_view name) {
    return std::any_of(places.begin(), places.end(), [name](const auto& place) {
        return same_member_name(place.name, name);
    });
}

// Where new members go.
std::size_t end_of_members(std::string_view json, const std::vector<member_place>& places) {
    return places.empty() ? json.find('{') + 1 : places.back().end;
}

// The text as far as the end of its members.
std::string changed(std::string_view json,
                    const std::vector<member_place>& places,
                    const std::vector<json_change>& changes) {
    std::string out;
    std::size_t copied = 0;
    for (const auto& place : places) {
        const auto* change = change_of(changes, place.name);
        if (change == nullptr) continue;
        out.append(json.substr(copied, place.begin - copied)).append(change->value);
        copied = place.end;
    }
    return out.append(json.substr(copied, end_of_members(json, places) - copied));
}

void append_missing(std::string& out,
                    const std::vector<member_place>& places,
                    const std::vector<json_change>& changes) {
    bool is_first = places.empty();
    for (const auto& [name, value] : changes) {
        if (has_place(places, name)) continue;
        out.append(is_first ? "" : ", ").append(json_text(name)).append(": ").append(value);
        is_first = false;
    }
}

} // namespace

std::optional<std::string> with_members(std::string_view json,
                                        const std::vector<json_change>& changes) {
    json_reader reader;
    const auto object = parse_credential_document(reader, json);
    if (!object.exists()) return std::nullopt;
    const auto places = places_of(json, object);
    auto out = changed(json, places, changes);
    append_missing(out, places, changes);
    return out.append(json.substr(end_of_members(json, places)));
}

std::optional<std::string_view> member_text(std::string_view json, std::string_view name) {
    json_reader reader;
    std::optional<std::string_view> last;
    for (const auto& place : places_of(json, parse_credential_document(reader, json)))
        if (same_member_name(place.name, name))
            last = json.substr(place.begin, place.end - place.begin);
    return last;
}

std::string json_text(std::string_view value) {
    std::string out;
    json_writer{out}.text(value);
    return out;
}

} // namespace redrive::wire
