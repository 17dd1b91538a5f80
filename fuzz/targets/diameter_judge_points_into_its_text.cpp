/// Any octets are judged as a Diameter message: each deviation lies in them, the second time says the same, and what is
/// accepted can be held and walked through, with a good value in each AVP that the dictionary knows (RFC 6733 3, 4).
#include "codec/diameter/judge.hpp"
#include "codec/diameter/value.hpp"
#include "codec/diameter/walk.hpp"
#include "fuzz/support/judged.hpp"
#include "fuzz/support/target.hpp"

using namespace tollgate;
using fuzz::require;

static void require_reads(std::string_view octets) {
  auto const message = diameter::Message::parse(octets);
  require(message.has_value(), "a message is accepted and cannot be held");
  auto const& dictionary = diameter::Dictionary::standard();
  constexpr std::uint32_t failed_avp = 279;
  std::optional<std::size_t> failed_at;  // depth: what stands in Failed-AVP is what its sender found wrong
  auto const walked =
      diameter::walk(octets, dictionary, [&](diameter::AvpView const& avp, diameter::AvpRule const* rule, std::size_t depth) {
        if (failed_at && depth <= *failed_at) failed_at.reset();
        if (rule == nullptr || failed_at) return;
        if (rule->code == failed_avp && rule->vendor == 0) failed_at = depth;
        require(!diameter::check_value(*rule, avp.data), "a message is accepted with a value that is none");
      });
  require(walked.has_value(), "a message is accepted and its AVPs cannot be walked through");
}

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  auto const octets = fuzz::text(data, size);
  auto const judgement = fuzz::judged(octets, [](std::string_view text) { return diameter::judge(text); });
  if (judgement.outcome == Outcome::accept) require_reads(octets);
  return 0;
}
