#include "redrive/task_handle.hpp"

#include "core/base64.hpp"

#include <algorithm>

namespace redrive {
namespace {

// A reader for the one flat object that a handle holds: {"taskId": "...", "sourceArn": "..."}.
// Neither value needs an escape, so a backslash makes the handle opaque. core knows no JSON
// library, and a wrong guess here costs only the routing hint.
class flat_object {
  public:
    explicit flat_object(std::string_view text) : rest_{text} {}

    bool read(std::string& task_id, std::string& source_arn) {
        if (!take('{')) return false;
        while (true) {
            std::string_view key, value;
            if (!take_string(key) || !take(':') || !take_string(value)) return false;
            if (key == "taskId") task_id = value;
            if (key == "sourceArn") source_arn = value;
            if (take(',')) continue;
            return take('}') && (skip_space(), rest_.empty());
        }
    }

  private:
    void skip_space() {
        const auto n = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(n == std::string_view::npos ? rest_.size() : n);
    }
    bool take(char c) {
        skip_space();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_string(std::string_view& out) {
        if (!take('"')) return false;
        const auto end = rest_.find_first_of("\"\\");
        if (end == std::string_view::npos || rest_[end] != '"') return false;
        out = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return true;
    }

    std::string_view rest_;
};

// One word of printable ASCII.
bool is_printable(std::string_view text) noexcept {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

} // namespace

std::optional<task_handle> task_handle::from_text(std::string_view text) {
    if (text.size() > longest) return std::nullopt;
    if (!is_printable(text)) return std::nullopt;
    const auto handle = std::make_shared<parts>();
    handle->text = text;
    if (const auto json = base64_decode(text)) {
        std::string task_id, source_arn;
        if (flat_object{*json}.read(task_id, source_arn) && is_printable(task_id)) {
            if (auto source = parse_queue_arn(source_arn)) {
                handle->task_id = std::move(task_id);
                handle->source = std::move(source);
            }
        }
    }
    return task_handle{handle};
}

task_handle task_handle::make(std::string_view task_id, const queue_arn& source) {
    std::string json = R"({"taskId":")";
    json.append(task_id).append(R"(","sourceArn":")").append(to_string(source)).append(R"("})");
    return task_handle{
        std::make_shared<parts>(parts{base64_encode(json), std::string{task_id}, source})};
}

} // namespace redrive
