#include "client/signing_report.hpp"

#include <cstddef>
#include <utility>

namespace redrive::detail {

signing_report::signing_report(std::shared_ptr<signing_observer> observer)
    : observer_{std::move(observer)} {}

void signing_report::tell(wire::request_writer& requests,
                          wire::operation op,
                          std::string_view body,
                          wire::wall_time when) {
    auto told = told_[static_cast<std::size_t>(op)];
    if (told) return;
    told = true;
    const auto texts = requests.explain(op, body, when);
    observer_->request_signed({wire::to_string(op),
                               texts.address,
                               texts.region,
                               texts.access_key_id,
                               texts.canonical_request,
                               texts.string_to_sign});
}

} // namespace redrive::detail
