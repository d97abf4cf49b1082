#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "signed_request.hpp"
#include "sim/router.hpp"

namespace redrive::sim {

inline constexpr wall_time now{std::chrono::seconds{1'700'000'000}}; // 20231114T221320Z

// A router without a network: bytes in, bytes out.
struct router_rig {
    explicit router_rig(simulation_settings settings = {}) : world{std::move(settings), now} {
        route.set_base_url("https://127.0.0.1:4566");
    }

    struct answered {
        wire::http_reply reply;
        delivery how;
        std::string bytes;
    };

    answered ask_bytes(const std::string& bytes, wall_time at = now) {
        wire::request_parser parser;
        EXPECT_EQ(parser.feed(bytes), bytes.size());
        EXPECT_TRUE(parser.done());
        answered result;
        result.how = route.answer(parser.request(), 1, at, result.bytes);
        wire::reply_parser replies;
        replies.feed(result.bytes);
        if (replies.done()) result.reply = replies.reply();
        return result;
    }
    static std::string header(const answered& result, std::string_view name) {
        return std::string{wire::find_header(result.reply.headers, name)};
    }
    void set_faults(const std::vector<std::string>& texts) {
        std::vector<fault_rule> rules;
        for (const auto& text : texts)
            rules.push_back(parse_fault(text));
        world.faults.replace(std::move(rules));
    }

    simulation world;
    router route{world};
};

} // namespace redrive::sim
