#pragma once

#include <string>

#include "redrive/endpoint.hpp"
#include "wire/http_header.hpp"

namespace redrive::wire {

// One request to a service other than SQS, in parts: whoever carries it adds what belongs to a
// connection (Host, Content-Length, Connection).
struct web_request {
    std::string method = "GET";
    endpoint where;
    std::string target = "/"; // path and query, as they are sent
    http_headers headers;
    std::string body;
};

// Appends it as HTTP/1.1, with `Connection: close`. A control byte in the target or in a header
// value becomes `-`.
void append_request(std::string& out, const web_request& what);

// Overwrites what may hold secrets: header values and body.
void wipe(web_request& what) noexcept;

} // namespace redrive::wire
