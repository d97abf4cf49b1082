#include "redrive/client.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <type_traits>

#include "client/bulk_cancel.hpp"
#include "client/client_core.hpp"
#include "client/completion.hpp"
#include "client/warming.hpp"
#include "wire/reply_body.hpp"
#include "wire/request_body.hpp"

namespace redrive {
namespace {

namespace asio = boost::asio;
using detail::client_core;
using detail::stop_reason;

template <class Result>
using handler_for = detail::client_handler<Result>;

// --- from a wire output to a public result

void take(wire::cancel_output&& from, cancel_result& to) {
    to.moved = from.moved;
}
void take(wire::list_tasks_output&& from, list_tasks_result& to) {
    to.tasks = std::move(from.tasks);
}
void take(wire::start_output&& from, start_result& to) {
    to.task_handle = std::move(from.task_handle);
}
void take(wire::list_queues_output&& from, list_queues_result& to) {
    to.queue_urls = std::move(from.queue_urls);
    to.next_token = std::move(from.next_token);
}
void take(wire::list_sources_output&& from, list_queues_result& to) {
    to.queue_urls = std::move(from.queue_urls);
    to.next_token = std::move(from.next_token);
}
void take(wire::queue_url_output&& from, queue_url_result& to) {
    to.queue_url = std::move(from.queue_url);
}
void take(wire::queue_attributes_output&& from, queue_attributes_result& to) {
    to.attributes = std::move(from.attributes);
}

// A List that names another queue answers somebody else's request.
bool names_only(const void* out, std::string_view source_arn) {
    const auto& tasks = static_cast<const wire::list_tasks_output*>(out)->tasks;
    return std::all_of(tasks.begin(), tasks.end(), [&](const move_task& task) {
        return task.source_arn.empty() || task.source_arn == source_arn;
    });
}

// --- one call, from its initiation to its handler

template <class Output, class Result>
class awaited_call final : public detail::operation {
  public:
    awaited_call(client_core& core,
                 wire::operation op,
                 std::string body,
                 std::uint32_t max_attempts,
                 handler_for<Result> handler)
        : operation{core,
                    {op, std::move(body), detail::sink_for(output_)},
                    max_attempts,
                    result_.info},
          slot_{asio::get_associated_cancellation_slot(handler.call)}, completion_{
                                                                           core.executor(),
                                                                           std::move(handler)} {}

    void honour_cancellation() {
        if (!slot_.is_connected()) return;
        slot_.assign([weak = weak_from_this()](asio::cancellation_type type) {
            if ((type & asio::cancellation_type::all) == asio::cancellation_type::none) return;
            if (const auto self = weak.lock()) self->stop(stop_reason::cancelled);
        });
    }
    // Only for lists: a reply about another queue is another request's.
    void expect_only(const std::string& source_arn) {
        what().sink.fits = names_only;
        what().sink.expected = source_arn;
    }

  private:
    void complete() override {
        slot_.clear();
        if (!ec()) take(std::move(output_), result_);
        completion_.call(ec(), std::move(result_));
    }

    Output output_;
    Result result_;
    asio::cancellation_slot slot_;
    detail::completion<Result> completion_;
};

template <class Output, class Result, class Options>
void launch(const std::shared_ptr<client_core>& core,
            handler_for<Result> handler,
            const Options& options,
            wire::operation op,
            std::string body,
            const std::string& expected_source = {}) {
    using call_type = awaited_call<Output, Result>;
    const auto call =
        std::allocate_shared<call_type>(detail::call_allocator<call_type>{core->context().memory},
                                        *core,
                                        op,
                                        std::move(body),
                                        options.max_attempts(),
                                        std::move(handler));
    call->honour_cancellation();
    if constexpr (std::is_same_v<Output, wire::list_tasks_output>)
        call->expect_only(expected_source);
    call->start(options.deadline());
}

// Refuses a call whose arguments cannot be sent.
template <class Result>
void refuse(const client_core& core, handler_for<Result> handler, const char* message) {
    Result result;
    result.info.phase = call_phase::configure;
    result.info.message = message;
    const auto to =
        std::make_shared<detail::completion<Result>>(core.executor(), std::move(handler));
    asio::post(core.executor(), [to, result = std::move(result)]() mutable {
        to->call(client_errc::invalid_argument, std::move(result));
    });
}

template <class Input>
std::string body_of(client_core& core, const Input& input) {
    auto body = core.context().memory->take_text();
    wire::append_body(body, input);
    return body;
}

bool within(std::int32_t value, std::int32_t low, std::int32_t high) {
    return value >= low && value <= high;
}

} // namespace

client::client(asio::any_io_executor ex, client_config config)
    : core_{std::make_shared<client_core>(std::move(ex), std::move(config))} {}

client::client(std::shared_ptr<detail::client_core> core) : core_{std::move(core)} {}

client::client(client&&) noexcept = default;

client& client::operator=(client&& other) noexcept {
    if (this != &other) {
        if (core_) core_->close();
        core_ = std::move(other.core_);
    }
    return *this;
}

client::~client() {
    if (core_) core_->close();
}

asio::any_io_executor client::get_executor() const {
    return core_->executor();
}

std::chrono::milliseconds client::clock_skew() const {
    return core_->clock_skew();
}

std::vector<endpoint_metrics> client::endpoints() const {
    return core_->endpoints();
}

void client::initiate_warm(handler_for<warm_result> handler, const warm_options& how) {
    core_->warm(std::make_shared<detail::warming>(*core_, how, std::move(handler)));
}

void client::initiate_cancel(handler_for<cancel_result> handler,
                             const task_handle& what,
                             const cancel_options& how) {
    launch<wire::cancel_output>(core_,
                                std::move(handler),
                                how,
                                wire::cancel_input::op,
                                body_of(*core_, wire::cancel_input{what.text()}));
}

void client::initiate_cancel_each(handler_for<cancel_each_result> handler,
                                  handle_source source,
                                  cancel_sink sink,
                                  const cancel_each_options& how) {
    const auto bulk = std::make_shared<detail::bulk_cancel>(
        *core_, std::move(source), std::move(sink), how, std::move(handler));
    bulk->start();
}

void client::initiate_list_tasks(handler_for<list_tasks_result> handler,
                                 const std::string& source_arn,
                                 const list_tasks_options& how) {
    if (!parse_queue_arn(source_arn))
        return refuse(*core_, std::move(handler), "the source is not the ARN of an SQS queue");
    if (!within(how.max_results(), 1, 10))
        return refuse(*core_, std::move(handler), "max_results is not between 1 and 10");
    auto body = body_of(*core_, wire::list_tasks_input{source_arn, how.max_results()});
    launch<wire::list_tasks_output>(
        core_, std::move(handler), how, wire::list_tasks_input::op, std::move(body), source_arn);
}

void client::initiate_start(handler_for<start_result> handler,
                            const std::string& source_arn,
                            const start_options& how) {
    if (!parse_queue_arn(source_arn))
        return refuse(*core_, std::move(handler), "the source is not the ARN of an SQS queue");
    if (!how.destination().empty() && !parse_queue_arn(how.destination()))
        return refuse(*core_, std::move(handler), "the destination is not the ARN of an SQS queue");
    if (how.max_rate() && !within(*how.max_rate(), 1, fastest_rate))
        return refuse(*core_, std::move(handler), "max_rate is not between 1 and 500");
    launch<wire::start_output>(
        core_,
        std::move(handler),
        how,
        wire::start_input::op,
        body_of(*core_, wire::start_input{source_arn, how.destination(), how.max_rate()}));
}

void client::initiate_list_queues(handler_for<list_queues_result> handler,
                                  const list_queues_options& how) {
    if (!within(how.max_results(), 1, 1000))
        return refuse(*core_, std::move(handler), "max_results is not between 1 and 1000");
    launch<wire::list_queues_output>(
        core_,
        std::move(handler),
        how,
        wire::list_queues_input::op,
        body_of(*core_,
                wire::list_queues_input{how.name_prefix(), how.next_token(), how.max_results()}));
}

void client::initiate_queue_url(handler_for<queue_url_result> handler,
                                const std::string& queue_name,
                                const call_options& how) {
    if (!is_queue_name(queue_name))
        return refuse(*core_, std::move(handler), "that is not the name of an SQS queue");
    launch<wire::queue_url_output>(core_,
                                   std::move(handler),
                                   how,
                                   wire::queue_url_input::op,
                                   body_of(*core_, wire::queue_url_input{queue_name, {}}));
}

void client::initiate_queue_attributes(handler_for<queue_attributes_result> handler,
                                       const std::string& queue_url,
                                       const queue_attributes_options& how) {
    launch<wire::queue_attributes_output>(
        core_,
        std::move(handler),
        how,
        wire::queue_attributes_input::op,
        body_of(*core_, wire::queue_attributes_input{queue_url, how.names()}));
}

void client::initiate_list_sources(handler_for<list_queues_result> handler,
                                   const std::string& queue_url,
                                   const list_queues_options& how) {
    if (!within(how.max_results(), 1, 1000))
        return refuse(*core_, std::move(handler), "max_results is not between 1 and 1000");
    launch<wire::list_sources_output>(
        core_,
        std::move(handler),
        how,
        wire::list_sources_input::op,
        body_of(*core_, wire::list_sources_input{queue_url, how.next_token(), how.max_results()}));
}

} // namespace redrive
