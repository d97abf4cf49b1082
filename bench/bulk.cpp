// Cancels streamed through one operation: what one costs this process.
//   bench_bulk --url URL --ca FILE --count N --depth N      against bench_null_server
//   bench_bulk --handles FILE ...                           region, keys and endpoint as usual
#include "support/bulk_cancels.hpp"

int main(int argc, char** argv) {
    using namespace redrive::bench;
    return cancel_main(
        argc, argv, "bulk", "What a cancel costs in a stream of them", stream_cancels);
}
