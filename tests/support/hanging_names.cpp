#include "support/hanging_names.hpp"

#include <dlfcn.h>
#include <netdb.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>

namespace {

struct given_answer {
    std::string address;
    int asked = 0;
};

struct line {
    std::map<std::string, given_answer, std::less<>> given;
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

std::optional<std::string> given_address(std::string_view name) {
    auto& it = the_line();
    const std::lock_guard lock{it.mutex};
    const auto found = it.given.find(name);
    if (found == it.given.end()) return std::nullopt;
    ++found->second.asked;
    return found->second.address;
}

} // namespace

extern "C" int getaddrinfo(const char* name,
                           const char* service,
                           const addrinfo* hints,
                           addrinfo** found) {
    if (name && hang_for(name)) return EAI_NONAME;
    const auto given = name ? given_address(name) : std::nullopt;
    if (given && given->empty()) return EAI_NONAME;
    if (given) name = given->c_str();
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

given_name::given_name(std::string name, const std::string& address) : name_{std::move(name)} {
    set(address);
}

given_name::~given_name() {
    auto& it = the_line();
    const std::lock_guard lock{it.mutex};
    it.given.erase(name_);
}

void given_name::set(const std::string& address) {
    auto& it = the_line();
    const std::lock_guard lock{it.mutex};
    it.given[name_].address = address;
}

int given_name::asked() const {
    auto& it = the_line();
    const std::lock_guard lock{it.mutex};
    return it.given[name_].asked;
}

} // namespace redrive::test
