#include <string>

#include "conform/input.hpp"
#include "conform/input_members.hpp"
#include "conform/verb.hpp"
#include "wire/http_parser.hpp"
#include "wire/request.hpp"

namespace redrive::conform {
namespace {

// A request is only ever written signed; the identity and the time are AWS's published examples.
std::string rendered(wire::operation op, std::string_view body) {
    const wire::request_context context{redrive::endpoint{.host = "sqs.us-east-1.amazonaws.com"},
                                        "us-east-1",
                                        "redrive-conform",
                                        {}};
    const credentials identity{
        "AKIDEXAMPLE", secret_text{"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"}, {}, {}};
    const wire::attempt_stamp stamp{wire::wall_time{std::chrono::seconds{1440938160}},
                                    1,
                                    3,
                                    "00000000-0000-4000-8000-000000000000"};
    std::string out;
    wire::request_writer{context, identity}.append(out, op, body, stamp);
    return out;
}

} // namespace

answer serialize(wire::json_value input, wire::json_writer& output) {
    const auto op = operation_of(input);
    wire::request_parser parser;
    static_cast<void>(parser.feed(rendered(op, body_of(op, input))));
    if (!parser.done()) throw refused{"the request that was written cannot be read"};

    const auto& request = parser.request();
    output.begin_object();
    write_text(output, "method", request.method);
    write_text(output, "uri", request.target);
    write_headers(output, request.headers);
    write_text(output, "body", request.body);
    output.end_object();
    return answer::given;
}

} // namespace redrive::conform
