#include "redrive/credentials.hpp"

namespace redrive {

void secret_text::wipe() noexcept {
    // Through volatile, so that the stores are not dead to the optimiser; the whole capacity, since
    // a shorter text may have replaced a longer one.
    text_.resize(text_.capacity());
    volatile char* byte = text_.data();
    for (std::size_t i = 0; i < text_.size(); ++i)
        byte[i] = 0;
    text_.clear();
}

secret_text& secret_text::operator=(const secret_text& other) {
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

secret_text& secret_text::operator=(secret_text&& other) noexcept {
    if (this != &other) {
        wipe();
        text_ = std::move(other.text_);
        other.wipe();
    }
    return *this;
}

} // namespace redrive
