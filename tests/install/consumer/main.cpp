#include <redrive/task_handle.hpp>

#include <cstdio>

int main() {
    const auto source = redrive::parse_queue_arn("arn:aws:sqs:eu-west-1:123456789012:orders-dlq");
    if (!source) return 1;
    const auto made = redrive::task_handle::make("0f1d2c3b", *source);
    const auto read = redrive::task_handle::from_text(made.text());
    if (!read || !read->source()) return 1;
    std::printf("%s runs in %s\n", read->task_id().c_str(), read->source()->region.c_str());
    return *read == made && read->task_id() == "0f1d2c3b" ? 0 : 1;
}
