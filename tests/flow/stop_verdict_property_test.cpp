#include "flow/stop_verdict.hpp"

#include "flow/move_service.hpp"
#include "flow/stop_course.hpp"

#include <iostream>
#include <map>
#include <random>

namespace redrive::flow {
namespace {

using namespace test;
using kind = task_status::kind;
using habits = service_habits;

// One random life of a queue and of one verdict about a task of it: answers and readings get lost,
// are throttled or refused, somebody else cancels, restarts and deletes. `truth_` knows what is so.
class random_life {
  public:
    explicit random_life(std::uint64_t seed) : random_{seed}, truth_{random_habits()} {
        fill_history();
        choose_subject();
    }

    void live() {
        stop_verdict verdict{subject_, goal_, limits(), now_};
        for (steps_ = 0; steps_ < 500; ++steps_) {
            const auto what = verdict.next(now_, chance());
            if (what == step::done) break;
            if (what == step::wait) {
                ASSERT_GT(verdict.resume_at(), now_);
                pass(verdict.resume_at() - now_);
            } else if (what == step::order) {
                order(verdict);
            } else {
                read(verdict);
            }
            meddle();
            if (steps_ > give_up_after_) give_up(verdict);
        }
        ASSERT_EQ(verdict.next(now_, chance()), step::done) << "after " << steps_ << " steps";
        judge(verdict.result());
        stays(verdict);
    }

    outcome is{};
    evidence rests_on{};

  private:
    double chance() { return std::uniform_real_distribution<double>{0, 1}(random_); }
    bool odds(double of) { return chance() < of; }
    int below(int bound) { return std::uniform_int_distribution<int>{0, bound - 1}(random_); }

    habits random_habits() {
        habits value;
        value.handles = static_cast<habits::handle_form>(below(3));
        value.finished = static_cast<habits::on_finished>(below(5));
        value.forgets_cancelled = odds(0.2);
        // A handle that is renamed in each list cannot mark a record in it.
        value.lists_handles_always = value.handles != habits::handle_form::renamed && odds(0.3);
        value.hides_handles = odds(0.05);
        value.cancelling_for = milliseconds{below(4000)};
        return value;
    }

    stop_verdict::limits limits() {
        stop_verdict::limits bounds;
        if (odds(0.3)) bounds.verify_timeout = milliseconds{below(8000)};
        return bounds;
    }

    wall_time wall() const {
        return noon + std::chrono::duration_cast<milliseconds>(now_ - began_);
    }
    void pass(stop_verdict::duration value) {
        now_ += value;
        truth_.tick(wall());
    }

    void fill_history() {
        for (int ended = below(13); ended > 0; --ended) {
            (void)truth_.start(wall() - std::chrono::hours{ended});
            constexpr kind ends[] = {kind::completed, kind::failed, kind::cancelled};
            truth_.finish(ends[below(3)]);
        }
    }

    void choose_subject() {
        goal_ = odds(0.15) ? goal::verify : odds(0.1) ? goal::order : goal::stop;
        give_up_after_ = odds(0.2) ? below(20) : 400;
        const auto id = truth_.start(wall() - seconds{1 + below(600)});
        const int form = below(10);
        if (form < 3) return; // the queue
        if (form == 3) {
            subject_.handle = "task-999"; // never was
        } else if (form < 7) {
            subject_.handle = truth_.handle_of(*id);
        } else {
            subject_ = by_listing(truth_.list().front());
        }
        subject_.can_list = subject_.handle.empty() || odds(0.95);
        const bool exists = form != 3;
        if (exists) ours_ = *id;
        for (int change = below(3); change > 0; --change)
            meddle();
        if (odds(0.3)) pass(seconds{below(30)});
    }

    // What other people and the queue itself do meanwhile.
    void meddle() {
        pass(milliseconds{below(300)});
        if (odds(0.04)) truth_.finish(odds(0.7) ? kind::completed : kind::failed);
        if (odds(0.04)) truth_.cancel_by_somebody_else(wall());
        if (odds(0.10)) (void)truth_.start(wall());
        if (odds(0.003)) truth_.delete_queue();
    }

    error_code random_failure() {
        const error_code failures[] = {client_errc::connection_lost,
                                       client_errc::read_timeout,
                                       client_errc::reply_malformed,
                                       client_errc::connect_failed,
                                       service_errc::throttled,
                                       service_errc::throttled,
                                       service_errc::internal,
                                       service_errc::expired_credentials,
                                       service_errc::unrecognised};
        return failures[below(9)];
    }

    void order(stop_verdict& verdict) {
        ASSERT_NE(goal_, goal::verify) << "an order was asked for";
        auto* target = truth_.find(verdict.handle());
        if (!ours_ && subject_.handle.empty()) ours_ = target->id;
        ASSERT_TRUE(target == nullptr || target->id == *ours_) << "an order for another task";
        verdict.ordered(now_, wall());
        ordered_ = true;
        readings_.clear();
        if (odds(0.3)) return lose_order(verdict);
        const auto answer = truth_.cancel(verdict.handle(), wall());
        pass(milliseconds{below(200)});
        diagnostics why;
        why.maybe_applied = possible_;
        switch (answer) {
        case move_service::answer::accepted:
            accepted_ = possible_ = true;
            return verdict.accepted(now_, 1, false);
        case move_service::answer::inactive:
            return verdict.refused(now_, service_errc::task_not_active, why);
        case move_service::answer::missing:
            return verdict.refused(now_, service_errc::resource_not_found, why);
        case move_service::answer::unsupported:
            return verdict.refused(now_, service_errc::unsupported, why);
        }
    }

    void lose_order(stop_verdict& verdict) {
        const auto failure = random_failure();
        const bool unclear =
            failure == client_errc::connection_lost || failure == client_errc::read_timeout ||
            failure == client_errc::reply_malformed || failure == service_errc::internal;
        if (unclear && odds(0.5)) (void)truth_.cancel(verdict.handle(), wall());
        diagnostics why;
        why.maybe_applied = unclear;
        possible_ |= unclear;
        verdict.refused(now_, failure, why);
    }

    void read(stop_verdict& verdict) {
        ASSERT_TRUE(subject_.can_list) << "a reading was asked for";
        if (odds(0.15)) return verdict.reading_failed(now_, random_failure(), {});
        if (truth_.deleted())
            return verdict.reading_failed(now_, service_errc::queue_not_found, {});
        readings_.push_back(truth_.list());
        verdict.read(now_, readings_.back());
    }

    void give_up(stop_verdict& verdict) {
        verdict.gave_up(now_, outcome::unreachable, client_errc::read_timeout, {});
    }

    static bool any(const tasks& listed, kind status) {
        return std::any_of(listed.begin(), listed.end(), [status](const move_task& one) {
            return one.status.value() == status;
        });
    }
    static bool idle(const tasks& listed) {
        return !any(listed, kind::running) && !any(listed, kind::cancelling);
    }

    void judge(const stop_verdict::verdict& verdict) {
        is = verdict.is;
        rests_on = verdict.rests_on;
        if (!ours_ && verdict.started) {
            if (auto* one = truth_.started_at(*verdict.started)) ours_ = one->id;
        }
        judge_evidence(verdict);
        judge_end();
        EXPECT_EQ(verdict.was_accepted, accepted_);
        EXPECT_EQ(verdict.was_ordered, ordered_);
        EXPECT_TRUE(is != outcome::accepted || accepted_);
        EXPECT_FALSE(is == outcome::unreachable && possible_);
    }

    void judge_evidence(const stop_verdict::verdict& verdict) {
        EXPECT_EQ(is == outcome::stopped, rests_on != evidence::none);
        if (is != outcome::stopped) return;
        ASSERT_FALSE(readings_.empty()) << "no reading after the order";
        if (rests_on == evidence::terminal) {
            EXPECT_TRUE(possible_) << "no order could have done it";
            EXPECT_TRUE(any(readings_.back(), kind::cancelled));
            EXPECT_EQ(verdict.status.text(), "CANCELLED");
            return;
        }
        EXPECT_TRUE(accepted_);
        ASSERT_GE(readings_.size(), 2U);
        EXPECT_TRUE(idle(readings_.back()) && idle(readings_[readings_.size() - 2]));
    }

    // Nobody is told that a task is over while it moves messages.
    void judge_end() {
        if (is != outcome::stopped && is != outcome::already_finished && is != outcome::not_running)
            return;
        ASSERT_FALSE(readings_.empty());
        EXPECT_TRUE(is != outcome::not_running || idle(readings_.back()));
        EXPECT_FALSE(ours_ && truth_.is_active(*ours_)) << "task-" << *ours_ << " is active";
    }

    void stays(stop_verdict& verdict) {
        verdict.accepted(now_, 99, true);
        verdict.read(now_, truth_.list());
        give_up(verdict);
        EXPECT_EQ(verdict.next(now_, 0), step::done);
        EXPECT_EQ(verdict.result().is, is);
    }

    std::mt19937_64 random_;
    const stop_verdict::time began_{};
    stop_verdict::time now_ = began_;
    move_service truth_;
    stop_verdict::subject subject_;
    goal goal_ = goal::stop;
    int give_up_after_ = 400;
    int steps_ = 0;
    std::optional<std::size_t> ours_;
    std::vector<tasks> readings_; // since the last order
    bool ordered_ = false, accepted_ = false, possible_ = false;
};

TEST(StopVerdictProperty, NeverCallsATaskOverThatIsActiveInAHundredThousandRandomLives) {
    const auto first =
        20'260'401U + static_cast<unsigned>(::testing::UnitTest::GetInstance()->random_seed());
    std::cout << "seeds " << first << " + 0..99999\n";
    std::map<outcome, int> ends;
    std::map<evidence, int> proofs;
    for (unsigned run = 0; run < 100'000 && !::testing::Test::HasFailure(); ++run) {
        SCOPED_TRACE("seed " + std::to_string(first + run));
        random_life life{first + run};
        life.live();
        ++ends[life.is];
        ++proofs[life.rests_on];
    }
    // The lives reach what they are about.
    for (const auto value : {outcome::stopped,
                             outcome::already_finished,
                             outcome::not_running,
                             outcome::accepted,
                             outcome::not_found,
                             outcome::unknown,
                             outcome::denied,
                             outcome::unreachable}) {
        EXPECT_GT(ends[value], 100) << to_string(value);
    }
    EXPECT_GT(proofs[evidence::terminal], 10'000);
    EXPECT_GT(proofs[evidence::absent], 100);
}

} // namespace
} // namespace redrive::flow
