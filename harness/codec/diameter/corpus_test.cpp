// Every sample of testdata/ is judged as its manifest says, for the stated reason, and comes back unchanged.
#include "codec/corpus_test.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "codec/diameter/judge.hpp"
#include "codec/diameter/peer_state.hpp"
#include "codec/diameter/walk.hpp"
#include "codec/judge_stream.hpp"

namespace tollgate::diameter {
namespace {

std::vector<Sample> const& samples() {
  static auto const all = read_samples("harness/codec/diameter/testdata");
  return all;
}

Octets const& octets_of(std::string_view name) {
  auto const file = std::string(name).append(".bin");
  auto const found = std::ranges::find(samples(), file, &Sample::file);
  EXPECT_NE(found, samples().end()) << file;
  return found->octets;
}

std::string shown(Judgement const& judgement) {
  std::string out(to_string(judgement.outcome));
  for (auto const& d : judgement.diagnostics)
    out.append("\n  ").append(std::to_string(d.offset)).append(" ").append(d.rule).append(": ").append(d.detail);
  return out;
}

TEST(DiameterCorpus, accepts_every_valid_sample) {
  std::size_t count = 0;
  for (auto const& sample : samples()) {
    if (!sample.is_valid) continue;
    ++count;
    auto const judgement = judge(sample.octets);
    EXPECT_EQ(judgement.outcome, Outcome::accept) << sample.file << ' ' << shown(judgement);
    EXPECT_TRUE(judgement.diagnostics.empty()) << sample.file << ' ' << shown(judgement);
    EXPECT_EQ(judgement.answer, std::nullopt) << sample.file;
  }
  EXPECT_EQ(count, 26U);
}

struct Expected {
  std::string_view name;
  std::string_view rule;  ///< of one of the deviations
  std::optional<std::uint32_t> answer;
  Outcome outcome = Outcome::reject;
};

constexpr Expected malformed[] = {
    {"version_2", "Version", 5011},
    {"len_below_20", "Message Length", 5015},
    {"len_not_mult_4", "Message Length", 5015},
    {"len_beyond_data", "Message Length", std::nullopt},
    {"len_16M", "Message Length", std::nullopt},
    {"avp_len_0", "AVP Length", 5014},
    {"avp_len_7", "AVP Length", 5014},
    {"avp_vendor_len_8", "AVP Length", 5014},
    {"avp_len_overruns_msg", "AVP Length", 5014},
    {"grouped_inner_overrun", "AVP Length", 5014},
    {"nonzero_padding", "AVP padding", std::nullopt, Outcome::accept},
    {"missing_final_padding", "Message Length", 5015},
    {"hdr_reserved_bits", "Command Flags", 5013},
    {"hdr_R_and_E", "Command Flags", 3008},
    {"avp_reserved_bits", "User-Name", 3009, Outcome::either},
    {"unknown_command", "Command Code", 3001},
    {"unknown_application", "Application-ID", 3007},
    {"unknown_mandatory_avp", "AVP Code", 5001},
    {"no_session_id", "Session-Id", 5005},
    {"session_id_last", "Session-Id", 5005},  // and an event that does not say what it wants
    {"no_request_type", "CC-Request-Type", 5005},
    {"two_request_types", "CC-Request-Type", 5009},
    {"enum_out_of_range", "CC-Request-Type", 5004},
    {"u32_five_bytes", "CC-Request-Number", 5014},
    {"bad_utf8_context", "Service-Context-Id", 5004},
    {"empty_origin_host", "Origin-Host", 5004},
    {"grouped_depth_64", "Subscription-Id", 5008},
    {"negative_units", "CC-Service-Specific-Units", 5004, Outcome::either},
};
/// Good messages: what is wrong is only what came before them, or how they came.
constexpr std::string_view good_alone[] = {"update_before_initial", "two_messages_one_segment", "ccr_before_cer"};

TEST(DiameterCorpus, refuses_every_malformed_sample_for_the_stated_reason) {
  for (auto const& expected : malformed) {
    auto const judgement = judge(octets_of("malformed/" + std::string(expected.name)));
    EXPECT_EQ(judgement.outcome, expected.outcome) << expected.name << ' ' << shown(judgement);
    EXPECT_EQ(judgement.answer, expected.answer) << expected.name << ' ' << shown(judgement);
    EXPECT_NE(std::ranges::find(judgement.diagnostics, expected.rule, &Diagnostic::rule), judgement.diagnostics.end())
        << expected.name << ' ' << shown(judgement);
  }
  auto const count = static_cast<std::size_t>(std::ranges::count(samples(), false, &Sample::is_valid));
  EXPECT_EQ(count, std::size(malformed) + std::size(good_alone));
}

TEST(DiameterCorpus, the_answer_is_one_that_the_manifest_names) {
  for (auto const& expected : malformed) {
    auto const file = "malformed/" + std::string(expected.name) + ".bin";
    auto const& expect = std::ranges::find(samples(), file, &Sample::file)->expect;
    bool const is_named =
        expected.answer ? expect.contains(std::to_string(*expected.answer)) : expect.contains("close") || expect.starts_with("accept");
    EXPECT_TRUE(is_named) << file << ": " << expect;
  }
}

TEST(DiameterCorpus, a_credit_control_request_before_capabilities_closes_the_connection) {
  PeerState peer;
  auto const judgement = peer.judge(octets_of("malformed/ccr_before_cer"));
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, std::nullopt);
  EXPECT_EQ(judgement.diagnostics.front().clause, "RFC 6733 5.6");
  EXPECT_EQ(peer.judge(octets_of("valid/cer")).outcome, Outcome::accept);
  EXPECT_EQ(peer.judge(octets_of("malformed/ccr_before_cer")).outcome, Outcome::accept);
}

TEST(DiameterCorpus, an_update_before_initial_is_of_an_unknown_session) {
  PeerState peer;
  EXPECT_EQ(peer.judge(octets_of("valid/cer")).outcome, Outcome::accept);
  auto const judgement = peer.judge(octets_of("malformed/update_before_initial"));
  EXPECT_EQ(judgement.outcome, Outcome::reject);
  EXPECT_EQ(judgement.answer, 5002U);
  EXPECT_EQ(judgement.diagnostics.front().rule, "Session-Id");
}

TEST(DiameterCorpus, two_messages_in_one_segment_are_two_messages) {
  auto const judged = judge_stream(
      octets_of("malformed/two_messages_one_segment"), [](auto stream) { return frame(stream); },
      [](auto message) { return judge(message); });
  ASSERT_EQ(judged.size(), 2U);
  for (auto const& message : judged) EXPECT_EQ(message.judgement.outcome, Outcome::accept);
}

TEST(DiameterCorpus, frames_every_sample_alike_wherever_it_is_split) {
  for (auto const& sample : samples()) {
    std::string_view const octets = sample.octets;
    auto const whole = frame(octets);
    for (std::size_t size = 0; size < octets.size(); ++size) {
      auto const part = frame(octets.substr(0, size));
      bool const is_decided = size >= (whole.state == Framed::State::message ? whole.size : 4);
      ASSERT_EQ(part.state, is_decided ? whole.state : Framed::State::need_more) << sample.file << ' ' << size;
      if (part.state == Framed::State::message) ASSERT_EQ(part.size, whole.size);
    }
  }
}

TEST(DiameterCorpus, each_deviation_has_its_octets_or_is_an_absence) {
  for (auto const& sample : samples())
    for (auto const& one : judge(sample.octets).diagnostics)
      EXPECT_TRUE(has_octets_or_is_absent(one, sample.octets)) << sample.file << ": " << one.rule << ": " << one.detail;
}

TEST(DiameterCorpus, reading_and_writing_changes_no_sample) {
  std::set<std::string> not_held;
  for (auto const& sample : samples()) {
    auto const message = Message::parse(sample.octets);
    if (message)
      EXPECT_EQ(message->write(), sample.octets) << sample.file;
    else
      not_held.insert(sample.file);
  }
  // Another version may mean anything; where the lengths do not fit, the octets are not one message, or its AVPs cannot
  // be told apart.
  constexpr char const* wanted[] = {
      "version_2", "len_below_20",          "len_not_mult_4",   "len_beyond_data",     "len_16M", "two_messages_one_segment", "avp_len_0",
      "avp_len_7", "missing_final_padding", "avp_vendor_len_8", "avp_len_overruns_msg"};
  std::set<std::string> could_not;
  for (std::string const name : wanted) could_not.insert("malformed/" + name + ".bin");
  EXPECT_EQ(not_held, could_not);
  EXPECT_EQ(samples().size(), 57U);
}

TEST(DiameterCorpus, a_walk_goes_no_deeper_than_it_may) {
  auto const& octets = octets_of("malformed/grouped_depth_64");
  std::size_t deepest = 0;
  auto const visit = [&](AvpView const&, AvpRule const*, std::size_t depth) { deepest = std::max(deepest, depth); };
  auto const walked = walk(octets, Dictionary::standard(), visit);
  ASSERT_FALSE(walked);
  EXPECT_EQ(walked.error().what, What::limit);
  EXPECT_EQ(deepest, Limits().depth);
  EXPECT_FALSE(walk(octets, Dictionary::standard(), visit, {.depth = 1000}));
  EXPECT_LE(deepest, walk_depth_max);
}

/// The two readings of one message: the walk sees the AVPs that the message holds.
void expect_agreement(std::string_view octets) {
  auto const message = Message::parse(octets);
  std::size_t at = 0;
  auto const walked = walk(octets, Dictionary::standard(), [&](AvpView const& avp, AvpRule const*, std::size_t depth) {
    if (depth != 0 || !message) return;
    ASSERT_LT(at, message->avps.size());
    EXPECT_TRUE(message->avps[at].is(avp.code, avp.vendor));
    EXPECT_EQ(message->avps[at++].data, avp.data);
  });
  if (message && walked) EXPECT_EQ(at, message->avps.size());
  if (!message) ASSERT_FALSE(walked) << printable(octets);
  if (message) EXPECT_EQ(message->write(), octets);
  auto const outcome = judge(octets).outcome;
  if (!walked) EXPECT_EQ(outcome, Outcome::reject) << printable(octets);
}

TEST(DiameterCorpus, readings_agree_on_every_sample_and_its_deletions) {
  for (auto const& sample : samples()) {
    SCOPED_TRACE(sample.file);
    expect_agreement(sample.octets);
    for (std::size_t at = 0; at < sample.octets.size(); ++at) {
      auto changed = sample.octets;
      changed.erase(at, 1);
      expect_agreement(changed);
      changed.insert(changed.end(), '\0');
      expect_agreement(changed);
    }
  }
}

}  // namespace
}  // namespace tollgate::diameter
