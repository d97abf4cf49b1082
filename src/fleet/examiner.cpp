#include "fleet/examiner.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

#include "auth/explained_settings.hpp"
#include "auth/partitions.hpp"
#include "auth/security_token_service.hpp"
#include "client/setup.hpp"
#include "flow/call_fault.hpp"
#include "flow/credentials_hint.hpp"
#include "flow/stop_hint.hpp"
#include "net/resolver.hpp"
#include "net/stream.hpp"
#include "net/waiting.hpp"
#include "redrive/queue_url.hpp"
#include "wire/instant.hpp"

namespace redrive::detail {
namespace {

using namespace std::chrono_literals;
using verdict = finding::verdict;

constexpr std::size_t most_at_once = 32;
constexpr auto longest_call = 15s;
constexpr std::size_t probe_depth = 8;
constexpr std::size_t probe_calls = 24;
constexpr auto good_skew = 5s;
constexpr auto refused_skew = 5min; // beyond it the service refuses signatures

std::string in_milliseconds(std::chrono::microseconds span) {
    const auto tenths = (span.count() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " ms";
}

std::string in_seconds(std::chrono::milliseconds span) {
    const auto tenths = (span.count() + (span.count() < 0 ? -50 : 50)) / 100;
    const auto size = tenths < 0 ? -tenths : tenths;
    return std::string{tenths < 0 ? "-" : ""} + std::to_string(size / 10) + "." +
           std::to_string(size % 10) + " s";
}

// The account and the end of an access key's id are no secret, but the middle helps nobody.
std::string masked_key(const std::string& id) {
    constexpr std::size_t shown = 4;
    if (id.size() <= 2 * shown) return "****";
    return id.substr(0, shown) + "****" + id.substr(id.size() - shown);
}

std::string told(error_code ec, const diagnostics& info) {
    auto out = info.message.empty() ? ec.message() : info.message;
    if (!info.code.empty()) out = info.code + ": " + out;
    if (!info.request_id.empty()) out += " (request id " + info.request_id + ")";
    return out;
}

struct as_text {
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::uint32_t number) const { return std::to_string(number); }
};

std::string names_of(const std::vector<asio::ip::tcp::endpoint>& addresses) {
    constexpr std::size_t most = 3;
    std::string out;
    for (std::size_t i = 0; i < std::min(most, addresses.size()); ++i)
        out += (i == 0 ? "" : ", ") + addresses[i].address().to_string();
    if (addresses.size() > most) out += " and " + std::to_string(addresses.size() - most) + " more";
    return out;
}

} // namespace

examiner::examiner(std::shared_ptr<fleet_core> core, roster::place at, examine_options how)
    : core_{std::move(core)}, at_{std::move(at)}, how_{how} {
    out_.identity = who().name;
    out_.account = who().account;
    out_.region = at_.region;
}

const auth::identity& examiner::who() const {
    return core_->who().identities()[at_.who];
}

finding& examiner::add(std::string_view what, verdict is, std::string text, std::string fix) {
    finding one;
    one.what = what;
    one.is = is;
    one.text = std::move(text);
    one.fix = std::move(fix);
    return out_.findings.emplace_back(std::move(one));
}

void examiner::end_step() {
    out_.findings.back().took =
        std::chrono::duration_cast<std::chrono::microseconds>(core_->time()->now() - step_began_);
}

asio::awaitable<examination> examiner::perform() {
    explain_settings();
    if (how_.settings_only()) co_return std::move(out_);
    auto made = core_->setup_of(at_.who, at_.region);
    if (const auto* bad = std::get_if<setup_error>(&made)) {
        add("settings", verdict::bad, bad->message, "correct it, then run this again").ec = bad->ec;
        co_return std::move(out_);
    }
    auto& setup = std::get<client_setup>(made);
    setup.service = core_->config().service;
    setup.observer = core_->config().observer;
    look_at_settings(setup);
    const bool has_credentials = co_await load_credentials(setup);
    if (has_credentials && !setup.service) co_await ask_identity(setup);
    const bool is_reached = setup.service || co_await open_connection(setup);
    if (!has_credentials || !is_reached) co_return std::move(out_);
    client sqs{std::make_shared<client_core>(core_->connections(), setup)};
    const bool lists = co_await list_queues(sqs);
    look_at_clock(sqs);
    if (lists) co_await list_tasks(sqs);
    name_what_cancel_needs();
    if (how_.probe_pipelining() && lists) co_await probe_pipelining(std::move(setup));
    co_return std::move(out_);
}

void examiner::explain_settings() {
    const auto env = auth::environment::of_process();
    for (const auto& [name, value, source] : auth::explain_settings(who().config, env))
        out_.settings.push_back({std::string{name}, std::visit(as_text{}, value), source});
}

void examiner::look_at_settings(const client_setup& setup) {
    out_.endpoint = setup.target.url();
    const auto& url = who().config.sqs_endpoint_url;
    const auto from = url.value.empty() ? std::string{"the region's"} : url.source;
    add("settings", verdict::good, "endpoint " + out_.endpoint + " (" + from + ")");
    for (const auto& warning : who().config.warnings)
        add("settings", verdict::notice, warning, "correct it, or take it away");
}

asio::awaitable<bool> examiner::load_credentials(client_setup& setup) {
    begin_step();
    auto loaded = co_await asio::async_initiate<decltype(asio::use_awaitable),
                                                void(auth::result<auth::loaded_credentials>)>(
        [&](auto handler) { setup.provider->async_load(core_->executor(), std::move(handler)); },
        asio::use_awaitable);
    if (!loaded) {
        diagnostics info;
        info.message = loaded.error().message;
        auto& bad = add("credentials", verdict::bad, info.message);
        bad.ec = loaded.error().code;
        bad.fix = flow::credentials_hint(bad.ec, info, who().profile.value_or(""));
        end_step();
        co_return false;
    }
    keys_ = loaded->keys;
    if (out_.account.empty()) out_.account = keys_.account_id;
    std::string text = loaded->source + ", key " + masked_key(keys_.access_key_id);
    auto& good = add("credentials", verdict::good, {});
    if (loaded->expiry) {
        const auto left = *loaded->expiry - core_->time()->wall_now();
        text += ", until " + wire::to_rfc3339(*loaded->expiry);
        if (left < 15min) {
            good.is = verdict::notice;
            good.fix = "a long run has to renew them: sign in again before it";
        }
    } else {
        text += ", without an end";
    }
    good.text = std::move(text);
    end_step();
    co_return true;
}

asio::awaitable<void> examiner::ask_identity(const client_setup& setup) {
    begin_step();
    auth::credential_origin origin;
    origin.profile = who().profile;
    origin.given = who().given;
    origin.user_agent = setup.agent.text();
    const auto context = auth::source_context_of(origin, core_->carrier(), core_->executor());
    auto config = who().config;
    config.region.value = at_.region;
    const auto answer = co_await auth::ask_caller_identity(*context, config, keys_);
    if (!answer) {
        add("identity",
            verdict::notice,
            answer.error().message,
            "STS tells whose credentials these are; redrive itself does not need it");
    } else {
        arn_ = answer->arn;
        const bool is_other = !out_.account.empty() && out_.account != answer->account;
        add("identity",
            is_other ? verdict::bad : verdict::good,
            answer->arn + (is_other ? ", which is not account " + out_.account : ""),
            is_other ? "correct aws_account_id, or choose the profile of that account" : "");
        if (is_other) out_.findings.back().ec = client_errc::bad_configuration;
        out_.account = answer->account;
    }
    end_step();
}

asio::awaitable<bool> examiner::open_connection(const client_setup& setup) {
    auto made = core_->connections()->target_of(setup.target, setup.ca_bundle);
    if (made.ec) {
        add("tls", verdict::bad, made.detail, "name a readable PEM file with --ca-bundle").ec =
            made.ec;
        co_return false;
    }
    const auto& target = made.target;
    add("proxy", verdict::good, target.proxy ? target.proxy->address.name() : "none");

    begin_step();
    const auto [host, port] = target.first_hop();
    const auto found = co_await net::resolve(core_->executor(), host, port);
    if (found.ec) {
        diagnostics none;
        const error_code ec = client_errc::resolve_failed;
        add("dns",
            verdict::bad,
            "cannot resolve " + host,
            flow::gave_up_hint(outcome::unreachable, ec, none, flow::need::to_search))
            .ec = ec;
        end_step();
        co_return false;
    }
    add("dns", verdict::good, host + " is " + names_of(found.addresses));
    end_step();

    begin_step();
    net::byte_stream stream{core_->executor(), core_->time()};
    const auto opened = co_await stream.open(
        target, transport_config_from(core_->config().transport).limits.timeouts);
    const auto what = opened.phase == call_phase::tls || (!opened.ec && target.tls) ? "tls" : "tcp";
    if (opened.ec) {
        diagnostics info;
        info.message = opened.detail;
        add(what,
            verdict::bad,
            opened.detail.empty() ? opened.ec.message() : opened.detail,
            flow::gave_up_hint(outcome::unreachable, opened.ec, info, flow::need::to_search))
            .ec = opened.ec;
        end_step();
        co_return false;
    }
    if (const auto security = stream.security()) {
        add("tls",
            verdict::good,
            security->version + ", " + security->cipher + ", certificate by " + security->issuer +
                " until " + security->valid_until);
    } else {
        add("tcp", verdict::notice, "connected without TLS", "use an https:// endpoint");
    }
    end_step();
    stream.close();
    co_return true;
}

void examiner::look_at_permission(std::string_view what,
                                  const std::string& text,
                                  error_code ec,
                                  const diagnostics& info) {
    if (!ec) {
        add(what, verdict::good, text);
        return;
    }
    auto& bad = add(what, verdict::bad, told(ec, info));
    bad.ec = ec;
    const auto need = flow::need::to_search;
    bad.fix = ec == service_errc::access_denied ? flow::permission_hint(info, need, out_.identity)
              : flow::is_about_credentials(ec)
                  ? flow::credentials_hint(ec, info, who().profile.value_or(""))
              : flow::call_fault_of(ec, info) == flow::call_fault::denied
                  ? flow::denied_hint(ec, info, need)
                  : flow::gave_up_hint(outcome::unreachable, ec, info, need);
}

asio::awaitable<bool> examiner::list_queues(client& sqs) {
    begin_step();
    auto options = list_queues_options{};
    options.max_results(1).deadline(longest_call);
    auto reply = co_await sqs.async_list_queues(options, net::as_result);
    const auto& [ec, page] = reply;
    look_at_permission(
        "sqs:ListQueues", "allowed, request id " + page.info.request_id, ec, page.info);
    end_step();
    if (ec) co_return false;
    if (const auto url =
            page.queue_urls.empty() ? std::nullopt : parse_queue_url(page.queue_urls.front()))
        first_queue_ = to_string(queue_arn{std::string{auth::partition_of_region(at_.region).name},
                                           at_.region,
                                           url->account,
                                           url->name});
    if (!first_queue_.empty() && out_.account.empty())
        out_.account = parse_queue_arn(first_queue_)->account;
    co_return true;
}

asio::awaitable<void> examiner::list_tasks(client& sqs) {
    constexpr std::string_view action = "sqs:ListMessageMoveTasks";
    if (first_queue_.empty()) {
        add(action, verdict::skipped, "there is no queue to try it on");
        co_return;
    }
    begin_step();
    auto options = list_tasks_options{};
    options.max_results(1).deadline(longest_call);
    auto reply = co_await sqs.async_list_tasks(first_queue_, options, net::as_result);
    auto& [ec, listed] = reply;
    // A queue that is no dead-letter queue is refused for that, after the permission was checked.
    if (ec == service_errc::invalid_parameter) ec = {};
    look_at_permission(action, "allowed, request id " + listed.info.request_id, ec, listed.info);
    end_step();
}

void examiner::look_at_clock(const client& sqs) {
    const auto skew = sqs.clock_skew();
    const auto size = skew < 0ms ? -skew : skew;
    if (size < good_skew) {
        add("clock", verdict::good, "within " + in_seconds(good_skew) + " of the service's");
        return;
    }
    add("clock",
        verdict::notice,
        "this machine is " + in_seconds(size) + (skew > 0ms ? " behind" : " ahead of") +
            " the service" +
            (size >= refused_skew ? "; signatures are only accepted because that is corrected"
                                  : ""),
        "set the clock: timedatectl set-ntp true");
}

void examiner::name_what_cancel_needs() {
    const auto whom = arn_.empty() ? std::string{"ARN"} : arn_;
    add("sqs:CancelMessageMoveTask",
        verdict::skipped,
        "not tried, nor sqs:ReceiveMessage, sqs:DeleteMessage and sqs:GetQueueAttributes, which a "
        "cancel needs too",
        "aws iam simulate-principal-policy --policy-source-arn " + whom +
            " --action-names sqs:CancelMessageMoveTask sqs:ReceiveMessage sqs:DeleteMessage "
            "sqs:GetQueueAttributes; `redrive iam-policy --for cancel` prints the policy");
}

// On a connection of its own, so that what it learns is about this probe alone.
asio::awaitable<void> examiner::probe_pipelining(client_setup setup) {
    begin_step();
    auto config = transport_config_from(core_->config().transport);
    config.limits.max_connections = 1;
    config.limits.pipelining = flow::depth::mode::fixed;
    config.limits.max_depth = probe_depth;
    const auto alone =
        std::make_shared<net::transport>(core_->executor(), core_->time(), std::move(config));
    client sqs{std::make_shared<client_core>(alone, std::move(setup))};
    std::size_t answered = 0, left = probe_calls;
    error_code problem;
    net::wakeup done{core_->executor()};
    for (std::size_t i = 0; i < probe_calls; ++i) {
        auto options = list_queues_options{};
        options.max_results(1).deadline(longest_call);
        sqs.async_list_queues(options, [&](error_code ec, const list_queues_result&) {
            if (ec) problem = ec;
            if (!ec) ++answered;
            if (--left == 0) done.notify();
        });
    }
    while (left > 0)
        co_await done.wait();
    const auto seen = alone->stats();
    const auto span = core_->time()->now() - step_began_;
    const bool is_good = answered == probe_calls && seen.lost == 0;
    add("pipelining",
        is_good ? verdict::good : verdict::notice,
        std::to_string(answered) + " of " + std::to_string(probe_calls) + " lists answered, " +
            std::to_string(probe_depth) + " at a time on one connection, in " +
            in_milliseconds(std::chrono::duration_cast<std::chrono::microseconds>(span)) + "; " +
            std::to_string(seen.lost) + " connections lost, " + std::to_string(seen.stale_resends) +
            " requests sent again" + (problem ? "; " + problem.message() : ""),
        is_good ? "" : "use --pipelining off here");
    end_step();
}

// --- all of them

namespace {

struct crowd {
    std::vector<examination> out;
    std::size_t next = 0;
    std::size_t working = 0;
    net::wakeup done;

    explicit crowd(const asio::any_io_executor& ex) : done{ex} {}
};

asio::awaitable<void> work(std::shared_ptr<fleet_core> core,
                           std::shared_ptr<run_control> run,
                           examine_options how,
                           std::vector<roster::place> places,
                           crowd& of) {
    while (of.next < places.size() && !run->ending()) {
        const auto mine = of.next++;
        examiner one{core, places[mine], how};
        of.out[mine] = co_await one.perform();
    }
    --of.working;
    of.done.notify();
}

} // namespace

asio::awaitable<std::vector<examination>> examine_all(std::shared_ptr<fleet_core> core,
                                                      std::shared_ptr<run_control> run,
                                                      examine_options how) {
    auto places = core->who().places();
    for (const auto without : core->who().without_region())
        places.push_back({without, {}});
    crowd all{core->executor()};
    all.out.resize(places.size());
    all.working = std::min(most_at_once, places.size());
    for (std::size_t i = 0; i < std::min(most_at_once, places.size()); ++i)
        asio::co_spawn(core->executor(), work(core, run, how, places, all), asio::detached);
    while (all.working > 0)
        co_await all.done.wait();
    all.out.resize(std::min(all.out.size(), all.next)); // an interrupt leaves the rest out
    co_return std::move(all.out);
}

} // namespace redrive::detail

namespace redrive {

std::string_view to_string(finding::verdict value) noexcept {
    switch (value) {
    case finding::verdict::good: return "ok";
    case finding::verdict::notice: return "notice";
    case finding::verdict::bad: return "bad";
    case finding::verdict::skipped: return "skipped";
    }
    return "skipped";
}

} // namespace redrive
