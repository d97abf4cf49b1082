// The thread contract of client: each from its own executor, whatever runs the executors.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "crowd.hpp"
#include "hostile_service.hpp"

namespace redrive {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t tasks_in_service = 100;

// Runs `what` on the executor and waits for its result.
template <class Work>
auto on(const boost::asio::any_io_executor& ex, Work what) {
    std::packaged_task<decltype(what())()> work{std::move(what)};
    auto result = work.get_future();
    boost::asio::post(ex, std::move(work));
    return result.get();
}

// Every n-th task: what one of several has to do with.
service_state share_of(const service_state& whole, std::size_t which, std::size_t shares) {
    service_state out;
    for (std::size_t i = which; i < whole.tasks.size(); i += shares)
        out.tasks.push_back(whole.tasks[i]);
    return out;
}

// A client and its callers, which live on one executor; one call for each task.
class inhabitant {
  public:
    inhabitant(boost::asio::any_io_executor ex, client_config config, const service_state& share)
        : ex_{std::move(ex)} {
        on(ex_, [&] {
            client_.emplace(ex_, std::move(config));
            callers_.emplace(*client_, share.tasks, share.tasks.size());
            callers_->begin(share.tasks.size());
        });
    }

    [[nodiscard]] bool wait_until_done() {
        const auto limit = std::chrono::steady_clock::now() + 60s;
        while (!on(ex_, [&] { return callers_->done(); }))
            if (std::chrono::steady_clock::now() > limit) return false;
        return true;
    }
    void close() {
        on(ex_, [&] { client_.reset(); });
    }
    // After close(), and when everything that was on the way to the executor has run there.
    [[nodiscard]] crowd::tally judge(const service_state& share) {
        return on(ex_, [&] { return callers_->judge(share); });
    }

  private:
    boost::asio::any_io_executor ex_;
    std::optional<client> client_;
    std::optional<crowd> callers_;
};

// Contexts that never run dry, and the threads that run them.
class thread_pool {
  public:
    thread_pool(std::size_t contexts, std::size_t threads_of_each) {
        for (std::size_t i = 0; i < contexts; ++i) {
            const auto& context = contexts_.emplace_back(std::make_unique<context_at_work>());
            for (std::size_t k = 0; k < threads_of_each; ++k)
                threads_.emplace_back([&at = *context] { at.context.run(); });
        }
    }
    ~thread_pool() {
        for (const auto& each : contexts_)
            each->work.reset();
        for (auto& each : threads_)
            each.join();
    }
    thread_pool(const thread_pool&) = delete;
    thread_pool& operator=(const thread_pool&) = delete;

    [[nodiscard]] boost::asio::io_context& context(std::size_t n) { return contexts_[n]->context; }

  private:
    struct context_at_work {
        boost::asio::io_context context;
        boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work{
            context.get_executor()};
    };

    std::vector<std::unique_ptr<context_at_work>> contexts_;
    std::vector<std::thread> threads_;
};

class Threads : public ::testing::Test {
  protected:
    // One client for each executor, all at once against a service that loses connections.
    void run(const std::vector<boost::asio::any_io_executor>& executors) {
        it_.service().start_over({"every=9,do=close", "every=7,do=throttle"});
        const auto before = it_.service().state();
        std::vector<std::unique_ptr<inhabitant>> all;
        for (std::size_t i = 0; i < executors.size(); ++i)
            all.push_back(std::make_unique<inhabitant>(
                executors[i], config(), share_of(before, i, executors.size())));
        for (const auto& each : all)
            EXPECT_TRUE(each->wait_until_done());
        const auto after = it_.service().state();
        for (std::size_t i = 0; i < all.size(); ++i) {
            all[i]->close();
            const auto share = share_of(after, i, executors.size());
            const auto seen = all[i]->judge(share);
            EXPECT_EQ(seen.answered, share.tasks.size()) << seen.first_failure;
        }
    }

    // Ends it while all its calls are under way.
    void close_early(const boost::asio::any_io_executor& ex) {
        const auto before = it_.service().state();
        inhabitant one{ex, config(), before};
        one.close();
        EXPECT_TRUE(one.wait_until_done());
        const auto seen = one.judge(it_.service().state());
        EXPECT_EQ(seen.lost, before.tasks.size()) << "each ended with client_closed";
    }

  private:
    [[nodiscard]] client_config config() const {
        auto out = it_.config();
        out.transport.pipelining = pipelining::fixed;
        out.transport.max_depth = 4;
        out.transport.read_timeout = 300s;
        return out;
    }

    hostile_service it_{tasks_in_service};
};

TEST_F(Threads, ServeOneClientOnEachOfTwoContexts) {
    thread_pool threads{2, 1};
    run({threads.context(0).get_executor(), threads.context(1).get_executor()});
}

TEST_F(Threads, ShareAContextWhenEachClientHasItsStrand) {
    thread_pool threads{1, 4};
    std::vector<boost::asio::any_io_executor> strands;
    for (int i = 0; i < 4; ++i)
        strands.emplace_back(boost::asio::make_strand(threads.context(0)));
    run(strands);
}

TEST_F(Threads, EndAClientOnItsStrandWithCallsInFlight) {
    thread_pool threads{1, 3};
    for (int i = 0; i < 10; ++i)
        close_early(boost::asio::make_strand(threads.context(0)));
}

} // namespace
} // namespace redrive
