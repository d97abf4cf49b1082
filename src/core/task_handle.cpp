#include "redrive/task_handle.hpp"

#include <array>

#include "core/ascii.hpp"
#include "core/base64.hpp"

namespace redrive {
namespace {

// A reader for the one flat object that a handle holds: {"taskId": "...", "sourceArn": "..."}.
// Neither value needs an escape, so a backslash makes the handle opaque. core knows no JSON
// library, and a wrong guess here costs only the routing hint.
class flat_object {
  public:
    explicit flat_object(std::string_view text) : rest_{text} {}

    bool read(std::string_view& task_id, std::string_view& source_arn) {
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
    static bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
    void skip_space() {
        while (!rest_.empty() && is_space(rest_.front()))
            rest_.remove_prefix(1);
    }
    bool take(char c) {
        skip_space();
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool take_string(std::string_view& out) {
        if (!take('"')) return false;
        const auto end = rest_.find('"');
        if (end == std::string_view::npos) return false;
        out = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return out.find('\\') == std::string_view::npos;
    }

    std::string_view rest_;
};

bool is_printable_word(std::string_view text) noexcept {
    return !text.empty() && is_printable(text) && text.find(' ') == std::string_view::npos;
}

} // namespace

std::optional<task_handle> task_handle::from_text(std::string_view text) {
    if (text.size() > longest) return std::nullopt;
    if (!is_printable_word(text)) return std::nullopt;
    const auto handle = std::make_shared<parts>();
    handle->text = text;
    std::array<char, longest / 4 * 3> room;
    std::string_view task_id, source_arn;
    const auto json = base64_decode(text, room);
    if (json && flat_object{*json}.read(task_id, source_arn) && is_printable_word(task_id)) {
        handle->source = parse_queue_arn(source_arn);
        if (handle->source) handle->task_id = task_id;
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
