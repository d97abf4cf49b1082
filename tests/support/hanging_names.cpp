#include "support/hanging_names.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <mutex>

namespace {

struct line {
    std::mutex mutex;
    std::condition_variable changed;
    bool hangs = false;
    int asked = 0;
};

line& the_line() {
    static auto* one = new line; // threads may look at it at the end of the program
    return *one;
}

// False: the name is to be looked up in earnest.
bool hang_for(std::string_view name) {
    if (!name.ends_with(".hangs.test")) return false;
    auto& it = the_line();
    std::unique_lock lock{it.mutex};
    ++it.asked;
    it.changed.notify_all();
    it.changed.wait(lock, [&it] { return !it.hangs; });
    --it.asked;
    it.changed.notify_all();
    return true;
}

} // namespace

extern "C" int getaddrinfo(const char* name,
                           const char* service,
                           const addrinfo* hints,
                           addrinfo** found) {
    if (name && hang_for(name)) return EAI_NONAME;
    using function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<function>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, found);
}

namespace redrive::test {

hanging_names::hanging_names() {
    auto& it = the_line();
    const std::lock_guard lock{it.mutex};
    it.hangs = true;
}

hanging_names::~hanging_names() {
    auto& it = the_line();
    std::unique_lock lock{it.mutex};
    it.hangs = false;
    it.changed.notify_all();
    it.changed.wait(lock, [&it] { return it.asked == 0; });
}

void hanging_names::wait_until_asked() const {
    auto& it = the_line();
    std::unique_lock lock{it.mutex};
    it.changed.wait(lock, [&it] { return it.asked != 0; });
}

} // namespace redrive::test
