#include "conform/recorded_exchanges.hpp"

#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "conform/input.hpp"
#include "conform/verb.hpp"
#include "core/base64.hpp"

namespace redrive::conform {
namespace asio = boost::asio;

namespace {

net::fetched lost() {
    net::fetched out;
    out.ec = client_errc::connection_lost;
    out.phase = call_phase::read;
    out.detail = "recorded so";
    return out;
}

std::string bytes_of(wire::json_value data) {
    if (const auto text = data["Utf8"].text()) return std::string{*text};
    if (const auto text = data["Base64"].text()) return base64_decode(*text).value_or("");
    return {};
}

net::fetched reply_of(wire::json_value response) {
    const auto ok = response["response"]["Ok"];
    if (!ok.is_object()) return lost();
    net::fetched out;
    out.reply.status = static_cast<unsigned>(ok["status"].integer().value_or(0));
    for (const auto [name, values] : ok["headers"].members())
        for (const auto value : values.elements())
            out.reply.headers.push_back(
                {std::string{name}, std::string{value.text().value_or("")}});
    return out;
}

} // namespace

std::shared_ptr<recorded_exchanges> recorded_exchanges::from_file(const std::string& path) {
    std::ifstream in{path, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    wire::json_reader reader;
    const auto file = reader.parse(text);
    if (!in || !file["events"].is_array()) throw refused{"the recorded exchanges cannot be read"};
    auto out = std::make_shared<recorded_exchanges>();
    std::map<std::int64_t, std::size_t> places; // connection -> index into replies_
    for (const auto event : file["events"].elements()) {
        const auto connection = event["connection_id"].integer().value_or(0);
        const auto action = event["action"];
        if (action["Request"].exists()) {
            places[connection] = out->replies_.size();
            out->replies_.push_back(lost());
        }
        const auto place = places.find(connection);
        if (place == places.end()) continue;
        auto& reply = out->replies_[place->second];
        if (action["Response"].exists()) {
            reply = reply_of(action["Response"]);
        } else if (action["Data"]["direction"].text() == "Response") {
            reply.reply.body += bytes_of(action["Data"]["data"]);
        }
    }
    return out;
}

asio::awaitable<net::fetched> recorded_exchanges::fetch(wire::web_request what, auth::fetch_rules) {
    co_return next(std::move(what));
}

net::fetched recorded_exchanges::next(wire::web_request what) {
    requests_.push_back(std::move(what));
    if (next_ < replies_.size()) return replies_[next_++];
    net::fetched out;
    out.ec = client_errc::connect_failed;
    out.phase = call_phase::connect;
    out.detail = "nothing more was recorded";
    return out;
}

asio::awaitable<std::vector<asio::ip::address>> recorded_exchanges::addresses_of(std::string host) {
    error_code is_name;
    const auto literal = asio::ip::make_address(host, is_name);
    std::vector<asio::ip::address> out;
    if (!is_name) out.push_back(literal);
    if (host == "localhost") out.push_back(asio::ip::address_v4::loopback());
    co_return out;
}

void recorded_exchanges::write_requests(wire::json_writer& output) const {
    output.key("requests");
    output.begin_array();
    for (const auto& each : requests_) {
        output.begin_object();
        write_text(output, "method", each.method);
        write_text(output,
                   "uri",
                   (each.where.tls ? "https://" : "http://") + each.where.authority() +
                       each.target);
        write_headers(output, each.headers);
        write_text(output, "body", each.body);
        output.end_object();
    }
    output.end_array();
}

} // namespace redrive::conform
