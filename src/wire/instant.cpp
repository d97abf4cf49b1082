#include "wire/instant.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace redrive::wire {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> month_names = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekday_names = {
    "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

// Four digits of year are all that the formats have.
constexpr wall_time earliest = sys_days{year{0} / January / 1};
constexpr wall_time latest = sys_days{year{10000} / January / 1} - milliseconds{1};

struct parts {
    year_month_day date;
    hh_mm_ss<milliseconds> time;
    weekday day;
};

parts split(wall_time at) noexcept {
    const auto clamped = std::clamp(at, earliest, latest);
    const auto midnight = floor<days>(clamped);
    return {midnight, hh_mm_ss{clamped - midnight}, weekday{midnight}};
}

unsigned year_of(const parts& at) noexcept {
    return static_cast<unsigned>(static_cast<int>(at.date.year()));
}

// Writes fields of a fixed width one after the other.
class field_writer {
  public:
    explicit field_writer(char* out) : next_{out} {}

    template <class Count>
    field_writer& number(Count count, std::size_t width) noexcept {
        auto value = static_cast<std::uint64_t>(count);
        for (auto i = width; i-- > 0; value /= 10)
            next_[i] = static_cast<char>('0' + value % 10);
        next_ += width;
        return *this;
    }
    field_writer& text(std::string_view text) noexcept {
        next_ = std::copy(text.begin(), text.end(), next_);
        return *this;
    }
    field_writer& date(const parts& at, std::string_view separator) noexcept {
        number(year_of(at), 4).text(separator).number(unsigned{at.date.month()}, 2);
        return text(separator).number(unsigned{at.date.day()}, 2);
    }
    field_writer& time(const parts& at, std::string_view separator) noexcept {
        number(at.time.hours().count(), 2).text(separator).number(at.time.minutes().count(), 2);
        return text(separator).number(at.time.seconds().count(), 2);
    }

  private:
    char* next_;
};

// Reads fields of a fixed width; after the first that does not fit nothing is read any more.
class field_reader {
  public:
    explicit field_reader(std::string_view text) : rest_{text} {}

    unsigned number(std::size_t width) noexcept {
        const auto digits = take(width);
        unsigned value = 0;
        for (const char c : digits) {
            good_ = good_ && c >= '0' && c <= '9';
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        return value;
    }
    void expect(std::string_view text) noexcept { good_ = take(text.size()) == text && good_; }
    char one_of(std::string_view choices) noexcept {
        const auto c = take(1);
        if (c.empty() || choices.find(c.front()) == choices.npos) good_ = false;
        return good_ ? c.front() : '\0';
    }
    // The index of the three-letter name that comes next.
    template <std::size_t Size>
    unsigned name(const std::array<std::string_view, Size>& names) noexcept {
        const auto found = std::find(names.begin(), names.end(), take(3));
        good_ = good_ && found != names.end();
        return static_cast<unsigned>(found - names.begin());
    }
    [[nodiscard]] bool next_is_digit() const noexcept {
        return good_ && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    }
    [[nodiscard]] bool skip(char c) noexcept {
        if (!good_ || rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool finished() const noexcept { return good_ && rest_.empty(); }

  private:
    std::string_view take(std::size_t n) noexcept {
        good_ = good_ && n <= rest_.size();
        if (!good_) return {};
        const auto taken = rest_.substr(0, n);
        rest_.remove_prefix(n);
        return taken;
    }

    std::string_view rest_;
    bool good_ = true;
};

struct date_fields {
    unsigned year = 0, month = 0, day = 0;
};
struct time_fields {
    unsigned hour = 0, minute = 0, second = 0;
};

// A second 60, in a leap second, is the first one of the next minute.
std::optional<wall_time> join(date_fields date, time_fields time) noexcept {
    const year_month_day day{
        year{static_cast<int>(date.year)}, month{date.month}, std::chrono::day{date.day}};
    if (!day.ok() || time.hour > 23 || time.minute > 59 || time.second > 60) return std::nullopt;
    return sys_days{day} + hours{time.hour} + minutes{time.minute} + seconds{time.second};
}

time_fields read_time(field_reader& in, std::string_view separator) noexcept {
    time_fields time;
    time.hour = in.number(2);
    in.expect(separator);
    time.minute = in.number(2);
    in.expect(separator);
    time.second = in.number(2);
    return time;
}

date_fields read_date(field_reader& in, std::string_view separator) noexcept {
    date_fields date;
    date.year = in.number(4);
    in.expect(separator);
    date.month = in.number(2);
    in.expect(separator);
    date.day = in.number(2);
    return date;
}

// Digits beyond the third are finer than a millisecond.
milliseconds read_fraction(field_reader& in) noexcept {
    milliseconds fraction{0};
    auto unit = milliseconds{100};
    do {
        fraction += unit * in.number(1);
        unit /= 10;
    } while (in.next_is_digit());
    return fraction;
}

std::optional<minutes> read_offset(field_reader& in) noexcept {
    const auto sign = in.one_of("Zz+-");
    if (sign != '+' && sign != '-') return minutes{0};
    const auto hour = in.number(2);
    in.expect(":");
    const auto minute = in.number(2);
    if (hour > 23 || minute > 59) return std::nullopt;
    const minutes offset = hours{hour} + minutes{minute};
    return sign == '+' ? offset : -offset;
}

} // namespace

void write_amz_date(char* out, wall_time at) noexcept {
    const auto now = split(at);
    field_writer{out}.date(now, "").text("T").time(now, "").text("Z");
}

std::string to_amz_date(wall_time at) {
    std::string text(16, '\0');
    write_amz_date(text.data(), at);
    return text;
}

std::optional<wall_time> parse_amz_date(std::string_view text) {
    field_reader in{text};
    const auto date = read_date(in, "");
    in.expect("T");
    const auto time = read_time(in, "");
    in.expect("Z");
    return in.finished() ? join(date, time) : std::nullopt;
}

std::string to_http_date(wall_time at) {
    const auto now = split(at);
    std::string text(29, '\0');
    field_writer out{text.data()};
    out.text(weekday_names[now.day.c_encoding()]).text(", ");
    out.number(unsigned{now.date.day()}, 2).text(" ");
    out.text(month_names[unsigned{now.date.month()} - 1]).text(" ");
    out.number(year_of(now), 4).text(" ").time(now, ":").text(" GMT");
    return text;
}

std::optional<wall_time> parse_http_date(std::string_view text) {
    field_reader in{text};
    date_fields date;
    in.name(weekday_names);
    in.expect(", ");
    date.day = in.number(2);
    in.expect(" ");
    date.month = in.name(month_names) + 1;
    in.expect(" ");
    date.year = in.number(4);
    in.expect(" ");
    const auto time = read_time(in, ":");
    in.expect(" GMT");
    return in.finished() ? join(date, time) : std::nullopt;
}

void write_rfc3339(char* out, wall_time at) noexcept {
    const auto now = split(at);
    field_writer fields{out};
    fields.date(now, "-").text("T").time(now, ":").text(".");
    fields.number(now.time.subseconds().count(), 3).text("Z");
}

std::string to_rfc3339(wall_time at) {
    std::string text(rfc3339_size, '\0');
    write_rfc3339(text.data(), at);
    return text;
}

std::string to_rfc3339_seconds(wall_time at) {
    constexpr std::size_t before_fraction = 19;
    return to_rfc3339(at).substr(0, before_fraction) + "Z";
}

std::optional<wall_time> parse_rfc3339(std::string_view text) {
    field_reader in{text};
    const auto date = read_date(in, "-");
    in.one_of("Tt ");
    const auto time = read_time(in, ":");
    const auto fraction = in.skip('.') ? read_fraction(in) : milliseconds{0};
    const auto offset = read_offset(in);
    if (!in.finished() || !offset) return std::nullopt;
    const auto local = join(date, time);
    if (!local) return std::nullopt;
    return *local + fraction - *offset;
}

} // namespace redrive::wire
