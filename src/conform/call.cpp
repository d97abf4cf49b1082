#include <boost/asio/io_context.hpp>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "auth/cached_credentials.hpp"
#include "auth/config_files.hpp"
#include "auth/default_chain.hpp"
#include "auth/identity.hpp"
#include "client/client_core.hpp"
#include "client/setup.hpp"
#include "conform/client_settings.hpp"
#include "conform/input.hpp"
#include "conform/input_members.hpp"
#include "conform/output_members.hpp"
#include "conform/verb.hpp"
#include "conform/world.hpp"
#include "redrive/testing.hpp"

namespace redrive::conform {
namespace asio = boost::asio;

namespace {

// --- what is set up

auth::result<auth::identity> identity_of(wire::json_value input, const world& around) {
    const auto& context = around.context();
    std::vector<std::string> profiles;
    if (const auto given = text(input, "profile")) profiles.emplace_back(*given);
    const auto files = auth::load_config_for(context.env, profiles, context.file_root);
    if (!files) return files.error();
    return auth::load_identity(context.env,
                               *files,
                               profiles.empty() ? std::nullopt : std::optional{profiles.front()},
                               overrides_of(input["client"]));
}

std::shared_ptr<auth::credentials_provider> chain_of(const auth::identity& who,
                                                     const world& around) {
    return auth::shared_credentials(
        around.context().ex, who.name, [&](asio::any_io_executor strand) {
            const auto context =
                std::make_shared<auth::source_context>(around.context_on(std::move(strand)));
            auth::credential_loader out;
            out.load = [context, profile = who.profile] {
                return auth::find_credentials(*context, profile);
            };
            out.time = context->time;
            out.random_unit = [context] { return context->random_unit(); };
            return out;
        });
}

std::shared_ptr<testing::scripted_service> service_of(const world& around,
                                                      const redrive::endpoint& where) {
    return std::make_shared<testing::scripted_service>(
        [recorded = around.recorded(), where](const testing::request& what) {
            wire::web_request request;
            request.method = "POST";
            request.where = where;
            request.target = where.path;
            for (const auto& [name, value] : what.headers)
                request.headers.push_back({name, value});
            request.body = what.body;
            const auto came = recorded->next(std::move(request));
            if (came.ec) return testing::reply::connection_lost();
            testing::reply out;
            out.status = came.reply.status;
            out.body = came.reply.body;
            for (const auto& [name, value] : came.reply.headers)
                out.headers.emplace_back(name, value);
            return out;
        });
}

std::variant<detail::client_setup, detail::setup_error> setup_of(wire::json_value input,
                                                                 const world_options& options,
                                                                 const world& around) {
    const auto who = identity_of(input, around);
    if (!who) return detail::setup_failure(who.error());
    auto made = detail::setup_for(*who,
                                  who->region(),
                                  around.context().env,
                                  {around.context().ex, around.context().time, {}, {}});
    auto* const setup = std::get_if<detail::client_setup>(&made);
    if (!setup) return made;
    if (!who->keys) setup->provider = chain_of(*who, around);
    if (!options.ca_bundle.empty()) {
        setup->ca_bundle = options.ca_bundle;
    } else if (setup->ca_bundle.starts_with('/')) {
        setup->ca_bundle.insert(0, around.context().file_root);
    }
    setup->time = around.instant_time();
    if (around.recorded()) {
        setup->service = service_of(around, setup->target);
    } else if (!around.reaches(setup->target)) {
        return detail::setup_error{client_errc::connect_failed,
                                   call_phase::connect,
                                   setup->target.authority() + " is not mapped"};
    }
    return made;
}

// --- what is told

struct finished_attempt {
    std::uint32_t number;
    error_code ec;
    diagnostics info;
    std::chrono::microseconds elapsed;
    std::optional<std::chrono::milliseconds> pause;
};

class attempt_list final : public call_observer {
  public:
    void attempt_ended(const attempt_record& what) override {
        const auto elapsed =
            std::chrono::duration_cast<std::chrono::microseconds>(what.ended - what.began);
        attempts_.push_back({what.number, what.ec, what.info, elapsed, what.pause});
    }
    [[nodiscard]] const std::vector<finished_attempt>& all() const noexcept { return attempts_; }

  private:
    std::vector<finished_attempt> attempts_;
};

void write_text_if(wire::json_writer& output, std::string_view name, std::string_view value) {
    if (!value.empty()) write_text(output, name, value);
}

void write_failure(wire::json_writer& output, error_code ec, const diagnostics& info) {
    output.key("error");
    output.begin_object();
    write_text(output, "class", ec.message());
    write_text_if(output, "code", info.code);
    write_text_if(output, "type_code", info.type_code);
    const bool names_a_fault = !info.type_code.empty();
    if (names_a_fault) write_text(output, "fault", info.sender_fault ? "Sender" : "Receiver");
    write_text(output, "message", info.message.empty() ? ec.message() : info.message);
    if (info.http_status != 0) {
        output.key("status");
        output.integer(info.http_status);
    }
    write_text_if(output, "request_id", info.request_id);
    write_text(output, "phase", to_string(info.phase));
    output.end_object();
}

void write_attempts(wire::json_writer& output, const attempt_list& attempts) {
    output.key("attempts");
    output.begin_array();
    for (const auto& each : attempts.all()) {
        output.begin_object();
        output.key("attempt");
        output.integer(each.number);
        if (each.ec) write_failure(output, each.ec, each.info);
        if (!each.ec) write_text_if(output, "request_id", each.info.request_id);
        output.key("elapsed_ms");
        output.number(static_cast<double>(each.elapsed.count()) / 1000);
        if (each.pause) {
            output.key("delay_ms");
            output.integer(each.pause->count());
        }
        output.end_object();
    }
    output.end_array();
}

// --- the call

// Keeps the output of a good reply as it is to be written.
struct reply_output {
    wire::operation op;
    std::string json;

    static bool read(wire::json_value body, void* to) {
        auto& self = *static_cast<reply_output*>(to);
        auto value = output_of(self.op, body);
        if (value) self.json = *std::move(value);
        return value.has_value();
    }
};

class one_call final : public detail::operation {
  public:
    one_call(detail::client_core& core,
             wire::operation op,
             std::string body,
             reply_output& reply,
             asio::io_context& context)
        : operation{core,
                    {op, std::move(body), {&reply, reply_output::read, nullptr, {}}},
                    0,
                    info_},
          context_{context} {}

    [[nodiscard]] error_code result() const noexcept { return ec(); }
    [[nodiscard]] const diagnostics& info() const noexcept { return info_; }

  private:
    void complete() override { context_.stop(); }

    diagnostics info_;
    asio::io_context& context_;
};

answer write_refusal(wire::json_writer& output, const detail::setup_error& why) {
    diagnostics info;
    info.message = why.message;
    info.phase = why.phase;
    output.begin_object();
    write_failure(output, why.ec, info);
    write_attempts(output, {});
    output.end_object();
    return answer::error;
}

} // namespace

answer call(wire::json_value input, const world_options& options, wire::json_writer& output) {
    const auto op = operation_of(input);
    auto body = body_of(op, input);
    asio::io_context context;
    const world around{options, input, context.get_executor()};
    auto made = setup_of(input, options, around);
    if (const auto* bad = std::get_if<detail::setup_error>(&made))
        return write_refusal(output, *bad);
    const auto attempts = std::make_shared<attempt_list>();
    auto& setup = std::get<detail::client_setup>(made);
    setup.observer = attempts;
    const auto core = std::make_shared<detail::client_core>(around.transport(), std::move(setup));
    reply_output reply{op, {}};
    const auto one = std::make_shared<one_call>(*core, op, std::move(body), reply, context);
    one->start(std::nullopt);
    context.run();

    output.begin_object();
    if (one->result()) {
        write_failure(output, one->result(), one->info());
    } else {
        output.key("output");
        output.raw(reply.json);
    }
    write_attempts(output, *attempts);
    output.key("client_skew");
    output.number(static_cast<double>(core->clock_skew().count()) / 1000);
    around.write_history(output);
    output.end_object();
    return one->result() ? answer::error : answer::given;
}

} // namespace redrive::conform
