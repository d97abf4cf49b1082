#pragma once

#include <boost/circular_buffer.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redrive::flow {

// What became of a slot whose connection was lost.
enum class loss_fate : std::uint8_t {
    never_sent,    // not one byte left: resubmit for free
    maybe_applied, // some or all of it was written: the service may have acted on it
};

// The slots of one connection, in the order in which their requests were written, which is the
// order in which HTTP/1.1 answers them (RFC 9112 section 9.3.2). Owns the bytes to write.
//
// A slot is queued outside (flow::call_queue) until the writer has room for it; here it is
// staged -> writing -> written -> answered. An abandoned slot keeps its place and its answer is
// dropped. A reply may overtake the end of the write that carried its request.
class pipeline {
  public:
    using ticket = std::uint64_t; // names the caller's call; unique among the slots in here

    enum class slot_state : std::uint8_t {
        staged,  // rendered into the buffer; not one byte of it was handed out
        writing, // handed out, perhaps in part; not known to have left completely
        written, // all of its bytes have left; the answer is due
    };

    // --- writing
    // Where to append the next request. Call staged() when its bytes are complete. Allowed while a
    // write is under way: what the stream holds does not move.
    [[nodiscard]] std::string& staging() noexcept { return next_; }
    void staged(ticket call);
    // Hands out the bytes that may be written now; empty when there are none. Valid, and the same,
    // until wrote(), also across lost().
    [[nodiscard]] std::string_view to_write();
    // So many of these bytes have left; the others are back. Zero proves nothing, because a TLS
    // write that failed may have sent records: what was handed out stays so.
    void wrote(std::size_t n);

    // --- reading
    // The call whose reply is due next; nothing when no byte of a request can have left, in which
    // case any byte from the server is a framing error.
    // An abandoned slot answers with `abandoned` set.
    struct due {
        ticket call;
        bool abandoned;
        slot_state state;
    };
    [[nodiscard]] std::optional<due> next_due() const noexcept;
    // The reply of next_due() has been read completely; frees its slot. Bytes of it that have not
    // left are still written, so that those behind it keep their frame.
    void answered();

    // --- giving up
    // The caller no longer wants the answer. A staged slot is taken out of the buffer, another
    // keeps its place in the order. Returns false when the ticket is not in here, or abandoned
    // before.
    bool abandoned(ticket call);

    struct lost_call {
        ticket call;
        loss_fate fate;
        bool was_due; // it was next_due(): the reply that did not come was its
    };
    // The connection is gone: every slot that is not abandoned, in order; empties the pipeline.
    [[nodiscard]] std::vector<lost_call> lost();

    // --- questions
    [[nodiscard]] std::size_t in_flight() const noexcept { return slots_.size(); } // abandoned too
    [[nodiscard]] bool has_to_write() const noexcept; // hands nothing out
    [[nodiscard]] bool idle() const noexcept { return slots_.empty(); }
    [[nodiscard]] bool has_room(std::size_t depth) const noexcept { return slots_.size() < depth; }

  private:
    struct slot {
        ticket call;
        std::uint64_t begin; // of its bytes, as offsets in the stream of all bytes ever staged
        std::uint64_t end;
        slot_state state;
        bool abandoned;
    };

    [[nodiscard]] std::uint64_t next_begin() const noexcept { return out_begin_ + out_.size(); }
    void settle(std::uint64_t position);
    using slots = boost::circular_buffer<slot>;
    slots::iterator take_out(slots::iterator it);
    void take_out_abandoned();

    slots slots_{16};  // grows when it is full
    std::string out_;  // whole requests, of which written_in_out_ bytes have left
    std::string next_; // staged since out_ was first handed out
    std::size_t written_in_out_ = 0;
    std::uint64_t out_begin_ = 0; // stream offset of out_[0]
};

} // namespace redrive::flow
