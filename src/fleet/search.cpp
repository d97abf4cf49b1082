#include "fleet/search.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "auth/shared_config.hpp"
#include "fleet/queue_owner.hpp"
#include "flow/credentials_hint.hpp"
#include "flow/stop_hint.hpp"
#include "redrive/queue_url.hpp"

namespace redrive::detail {
namespace {

constexpr std::size_t most_parts_kept = 10'000;
constexpr std::size_t most_queues_ahead = 2'000; // listed but not read, per account and region
constexpr std::int32_t queues_of_a_page = 1000;

using cause = unsearched_part::cause;

cause cause_of(const error_code& ec, const diagnostics& info, flow::patience::verdict patience) {
    if (patience == flow::patience::verdict::throttled) return cause::throttled;
    if (patience == flow::patience::verdict::unreachable) return cause::unreachable;
    if (ec == service_errc::not_enabled) return cause::not_enabled;
    switch (flow::call_fault_of(ec, info)) {
    case flow::call_fault::throttled: return cause::throttled;
    case flow::call_fault::unreachable: return cause::unreachable;
    case flow::call_fault::denied: return cause::denied;
    case flow::call_fault::useless:
    case flow::call_fault::no_such_thing:
    case flow::call_fault::not_active:
    case flow::call_fault::junk:
    case flow::call_fault::rejected: return cause::other;
    }
    return cause::other;
}

bool is_missing(const error_code& ec, const diagnostics& info) noexcept {
    return flow::call_fault_of(ec, info) == flow::call_fault::no_such_thing;
}

std::string denied_hint(const unsearched_part& part,
                        const auth::identity& who,
                        std::string_view policy_verb) {
    // A part without a queue is a region, of which not even the queues may be known.
    auto need = part.queue.empty() ? flow::need::to_search : flow::need::to_read;
    need.verb = policy_verb;
    if (part.ec == service_errc::access_denied)
        return flow::permission_hint(part.info, need, part.identity);
    if (flow::is_about_credentials(part.ec))
        return flow::credentials_hint(part.ec, part.info, who.profile.value_or(""));
    return flow::denied_hint(part.ec, part.info, need);
}

std::string hint_for(const unsearched_part& part,
                     const auth::identity& who,
                     std::string_view policy_verb) {
    switch (part.why) {
    case cause::denied: return denied_hint(part, who, policy_verb);
    case cause::throttled: return "run it again with a longer --deadline or a lower --rate";
    case cause::unreachable:
        return "check the endpoint, the network and the proxy, and run it again";
    case cause::not_enabled: return "the region is not enabled for this account";
    case cause::other: break;
    }
    if (flow::is_about_credentials(part.ec)) return denied_hint(part, who, policy_verb);
    if (part.ec == client_errc::bad_ca_bundle)
        return "name a readable PEM file with --ca-bundle or AWS_CA_BUNDLE";
    if (part.ec == client_errc::bad_configuration || part.ec == client_errc::no_region)
        return "correct the setting and run it again";
    return "run it again";
}

setup_error no_region() {
    return {client_errc::no_region,
            call_phase::configure,
            "no region: add --region, or `region` to the profile"};
}

// Accounts and regions that these targets are in.
std::size_t places_of(const std::vector<target>& targets) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const auto& each : targets)
        seen.emplace(each.source ? each.source->account : std::string_view{}, each.region);
    return seen.size();
}

} // namespace

search::search(std::shared_ptr<fleet_core> core,
               std::shared_ptr<run_control> run,
               find_options options,
               task_sink sink)
    : core_{std::move(core)}, run_{std::move(run)}, options_{std::move(options)},
      sink_{std::move(sink)}, all_done_{run_->executor()} {}

template <class Coroutine>
void search::spawn(Coroutine work) {
    ++under_way_;
    asio::co_spawn(run_->executor(), std::move(work), asio::detached);
}

void search::one_finished() {
    if (--under_way_ == 0) all_done_.notify();
}

asio::awaitable<find_report> search::perform() {
    report_.began = run_->time()->wall_now();
    if (options_.only()) {
        report_.parts = places_of(*options_.only());
        for (const auto& each : *options_.only())
            spawn(read_target(each));
    } else {
        for (const auto who : core_->who().without_region())
            not_searched({who, {}}, no_region());
        const auto& places = core_->who().places();
        report_.parts = places.size();
        core_->counters.parts += places.size();
        for (const auto& each : places)
            spawn(search_place(each));
    }
    while (under_way_ > 0)
        co_await all_done_.wait();
    forgive_regions_not_enabled();
    report_.ended = run_->time()->wall_now();
    co_return std::move(report_);
}

asio::awaitable<void> search::search_place(roster::place at) {
    auto where = core_->cell_for(at.who, at.region);
    if (const auto* bad = std::get_if<setup_error>(&where)) {
        not_searched(at, *bad);
    } else {
        place here;
        here.identity = at.who;
        here.where = std::get<cell*>(where);
        here.progress = std::make_unique<net::wakeup>(run_->executor());
        co_await list_pages(here);
        while (here.readers > 0)
            co_await here.progress->wait();
    }
    ++core_->counters.parts_searched;
    one_finished();
}

asio::awaitable<void> search::list_pages(place& here) {
    errand work{*run_};
    std::string next_token;
    do {
        while (here.queues.size() >= most_queues_ahead && !here.stopped)
            co_await here.progress->wait();
        if (here.stopped) co_return;
        auto options = list_queues_options{};
        options.max_results(queues_of_a_page).next_token(next_token).max_attempts(1);
        const auto make = [&] {
            return here.where->sqs().async_list_queues(work.run().within(options), work.token());
        };
        auto page = co_await call_patiently<list_queues_result>(
            work, *here.where, flow::call_purpose::search_page, core_->random_unit(), make);
        if (page.ec) {
            not_searched(here.identity, *here.where, {}, page.ec, page.value.info, page.patience);
            co_return;
        }
        core_->was_accepted(here.identity);
        take_page(here, page.value.queue_urls);
        next_token = std::move(page.value.next_token);
    } while (!next_token.empty());
}

void search::take_page(place& here, const std::vector<std::string>& urls) {
    for (const auto& text : urls) {
        const auto url = parse_queue_url(text);
        if (!url) continue; // not a queue's URL: nothing that could be asked about
        if (here.where->account.empty()) {
            here.where->account = url->account;
            core_->who().learn_account(here.identity, url->account);
        }
        ++report_.queues;
        ++core_->counters.queues;
        if (wanted_queue(url->name))
            here.queues.push_back(
                {here.where->partition, here.where->region, url->account, url->name});
    }
    start_readers(here);
}

void search::start_readers(place& here) {
    const auto most = std::min(core_->calls_per_cell(), here.queues.size());
    while (here.readers < most) {
        ++here.readers;
        asio::co_spawn(run_->executor(), read_queues(here), asio::detached);
    }
}

asio::awaitable<void> search::read_queues(place& here) {
    errand work{*run_};
    while (!here.queues.empty() && !here.stopped) {
        const auto source = std::move(here.queues.front());
        here.queues.pop_front();
        co_await read_queue(here, source, work);
        if (here.queues.size() < most_queues_ahead) here.progress->notify();
    }
    --here.readers;
    here.progress->notify();
}

asio::awaitable<search::listing> search::list_tasks(cell& where,
                                                    const queue_arn& source,
                                                    errand& work) {
    const auto arn = to_string(source);
    auto options = list_tasks_options{};
    // One task at most is active, and the newest comes first.
    options.max_results(options_.history() ? 10 : 1).max_attempts(1);
    const auto make = [&] {
        return where.sqs().async_list_tasks(arn, work.run().within(options), work.token());
    };
    auto listed = co_await call_patiently<list_tasks_result>(
        work, where, flow::call_purpose::search, core_->random_unit(), make);
    if (!listed.ec) {
        ++report_.read;
        ++core_->counters.queues_read;
        take_tasks(where, listed.value);
    }
    co_return listed;
}

asio::awaitable<void> search::read_queue(place& here, const queue_arn& source, errand& work) {
    const auto listed = co_await list_tasks(*here.where, source, work);
    // Deleted between the page and the reading: nothing runs there.
    if (!listed.ec || is_missing(listed.ec, listed.value.info) || here.stopped) co_return;
    const bool all_of_it = flow::is_about_credentials(listed.ec) || listed.run_ended ||
                           listed.patience != flow::patience::verdict::go_on;
    here.stopped = all_of_it;
    not_searched(here.identity,
                 *here.where,
                 all_of_it ? std::string{} : source.name,
                 listed.ec,
                 listed.value.info,
                 listed.patience);
}

// A target without a queue is one that only its order can tell about.
asio::awaitable<void> search::read_target(target what) {
    if (what.source) {
        ++report_.queues;
        ++core_->counters.queues;
        const auto route = core_->who().route_for(what);
        if (route.candidates.empty()) not_served(what, route.refusal);
        for (const auto candidate : route.candidates) {
            const bool is_last = candidate == route.candidates.back();
            if (co_await read_target_as(candidate, what, is_last) || run_->ending()) break;
        }
    }
    one_finished();
}

// False: it may be the queue of another identity.
asio::awaitable<bool> search::read_target_as(std::size_t candidate,
                                             const target& what,
                                             bool is_last) {
    auto found = core_->cell_for(candidate, what.region);
    if (const auto* bad = std::get_if<setup_error>(&found)) {
        not_searched({candidate, what.region}, *bad);
        co_return true;
    }
    auto& where = *std::get<cell*>(found);
    errand work{*run_};
    auto owner = co_await find_owner(*what.source, where, work, core_->random_unit());
    if (!owner.ec) {
        auto listed = co_await list_tasks(where, owner.source, work);
        if (!listed.ec) co_return true;
        owner.ec = listed.ec;
        owner.info = std::move(listed.value.info);
        owner.patience = listed.patience;
    }
    const bool missing = is_missing(owner.ec, owner.info);
    const bool denied = flow::call_fault_of(owner.ec, owner.info) == flow::call_fault::denied;
    if (!is_last && (missing || denied)) co_return false;
    if (!missing)
        not_searched(candidate, where, what.source->name, owner.ec, owner.info, owner.patience);
    co_return true;
}

bool search::wanted_queue(const std::string& name) const {
    const auto matches = [&](const std::string& glob) { return auth::glob_matches(glob, name); };
    const auto& match = options_.match();
    const auto& exclude = options_.exclude();
    return (match.empty() || std::any_of(match.begin(), match.end(), matches)) &&
           std::none_of(exclude.begin(), exclude.end(), matches);
}

bool search::wanted(const move_task& task) const {
    if (!options_.history() && task.status.is_terminal()) return false;
    if (task.remaining().value_or(options_.min_remaining()) < options_.min_remaining())
        return false;
    return options_.older_than().count() == 0 ||
           run_->time()->wall_now() - task.started >= options_.older_than();
}

void search::take_tasks(cell& where, const list_tasks_result& listed) {
    for (const auto& task : listed.tasks) {
        if (!wanted(task)) continue;
        const auto source = parse_queue_arn(task.source_arn);
        found_task found;
        found.identity = where.identity;
        found.account = source ? source->account : where.account;
        found.region = where.region;
        found.queue = source ? source->name : std::string{};
        found.task = task;
        found.request_id = listed.info.request_id;
        ++report_.matched;
        ++core_->counters.found;
        sink_(found, where);
    }
}

void search::not_searched(std::size_t identity,
                          cell& where,
                          const std::string& queue,
                          error_code ec,
                          const diagnostics& info,
                          flow::patience::verdict patience) {
    // Whoever has no credentials has them nowhere: told once.
    const bool has_no_credentials = info.phase == call_phase::credentials;
    if (has_no_credentials && !without_credentials_.insert(identity).second) return;
    unsearched_part part;
    part.identity = where.identity;
    part.account = where.account;
    if (!has_no_credentials) part.region = where.region;
    part.queue = queue;
    part.why = cause_of(ec, info, patience);
    part.ec = ec;
    part.info = info;
    part_identities_.push_back(identity);
    add_part(std::move(part));
}

void search::not_searched(const roster::place& at, const setup_error& why) {
    unsearched_part part;
    part.identity = core_->who().identities()[at.who].name;
    part.account = core_->who().identities()[at.who].account;
    part.region = at.region;
    part.ec = why.ec;
    part.info.phase = why.phase;
    part.info.message = why.message;
    if (why.phase == call_phase::credentials) part.why = cause::denied;
    part_identities_.push_back(at.who);
    add_part(std::move(part));
}

void search::not_served(const target& what, const std::string& refusal) {
    unsearched_part part;
    part.account = what.source->account;
    part.region = what.region;
    part.queue = what.source->name;
    part.hint = refusal;
    part_identities_.push_back(0);
    add_part(std::move(part));
}

void search::add_part(unsearched_part part) {
    ++report_.unsearched_count;
    if (report_.unsearched.size() < most_parts_kept) report_.unsearched.push_back(std::move(part));
}

// A region that refuses an identity which another region accepted is one that is not enabled. Known
// only at the end, since the regions are asked at the same time.
void search::forgive_regions_not_enabled() {
    for (std::size_t i = 0; i < report_.unsearched.size(); ++i) {
        auto& part = report_.unsearched[i];
        if (part.ec == service_errc::invalid_credentials && part.queue.empty() &&
            core_->accepted_somewhere(part_identities_[i]))
            part.why = cause::not_enabled;
        if (part.why == cause::not_enabled) --report_.unsearched_count;
        if (part.hint.empty())
            part.hint =
                hint_for(part, core_->who().identities()[part_identities_[i]], policy_verb_);
    }
}

} // namespace redrive::detail
