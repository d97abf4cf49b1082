// Coroutines that each await a cancel of their own: what one costs this process.
//   bench_awaited --url URL --ca FILE --count N --depth N      against bench_null_server
//   bench_awaited --handles FILE ...                           region, keys and endpoint as usual
#include "support/awaited_cancels.hpp"

int main(int argc, char** argv) {
    using namespace redrive::bench;
    return cancel_main(
        argc, argv, "awaited", "What an individually awaited cancel costs", await_cancels);
}
