#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redrive::wire {

// The fields of an `application/x-www-form-urlencoded` body: the server's side of the Query
// protocol.
class query_form {
  public:
    // Nothing when a field cannot be decoded, or when there are too many or too long ones.
    [[nodiscard]] static std::optional<query_form> parse(std::string_view body);

    // The first field of that name; nothing when there is none.
    [[nodiscard]] std::optional<std::string_view> operator[](std::string_view name) const noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }

  private:
    std::vector<std::pair<std::string, std::string>> fields_;
};

} // namespace redrive::wire
