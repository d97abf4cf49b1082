#include "redrive/diagnostics.hpp"

namespace redrive {

std::string_view to_string(call_phase value) noexcept {
    switch (value) {
    case call_phase::none: return "";
    case call_phase::configure: return "configure";
    case call_phase::credentials: return "credentials";
    case call_phase::sign: return "sign";
    case call_phase::pool: return "pool";
    case call_phase::resolve: return "resolve";
    case call_phase::connect: return "connect";
    case call_phase::proxy: return "proxy";
    case call_phase::tls: return "tls";
    case call_phase::write: return "write";
    case call_phase::read: return "read";
    case call_phase::parse: return "parse";
    case call_phase::service: return "service";
    case call_phase::backoff: return "backoff";
    }
    return "";
}

} // namespace redrive
