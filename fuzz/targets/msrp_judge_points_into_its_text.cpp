/// Any octets are judged as an MSRP message: each deviation lies in them, the second time says the same, and what is
/// accepted can be held, with its paths and what else its receiver has to read (RFC 4975 7.1, 9). A Message-ID is only
/// compared.
#include "codec/msrp/judge.hpp"
#include "codec/msrp/views.hpp"
#include "fuzz/support/judged.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;

static void require_reads(msrp::Message const& message) {
  require(msrp::to_path(message) && msrp::from_path(message), "a message is accepted and its paths are not read");
  require(msrp::byte_range(message).has_value(), "a message is accepted and its Byte-Range is not read");
  require(msrp::success_report(message) && msrp::failure_report(message), "a message is accepted and its reports are not read");
  if (message.value("Content-Type"))
    require(msrp::content_type(message).has_value(), "a message is accepted and its Content-Type is not read");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const judgement = fuzz::judged(octets, [](std::string_view text) { return msrp::judge(text); });
  if (judgement.outcome != Outcome::accept) return 0;
  auto const message = msrp::Message::parse(octets);
  require(message.has_value(), "a message is accepted and cannot be held");
  require_reads(*message);
  return 0;
}
