// Every sample of testdata/ is judged as its manifest says, for the stated reason, and comes back unchanged.
#include "codec/corpus_test.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "codec/judge_stream.hpp"
#include "codec/msrp/judge.hpp"
#include "codec/msrp/reassembly.hpp"

namespace tollgate::msrp {
namespace {

std::vector<Sample> const& samples() {
  static auto const all = read_samples("harness/codec/msrp/testdata");
  return all;
}

Octets const& octets_of(std::string_view file) {
  auto const found = std::ranges::find(samples(), file, &Sample::file);
  EXPECT_NE(found, samples().end()) << file;
  return found->octets;
}

/// The session that the samples belong to.
Context session() {
  return {.sessions = {{"msrp://im.example.com:2855/s111271;tcp", "msrps://im.example.com:2855/s111271;tcp",
                        "msrp://192.0.2.10:7654/jshA7weztas;tcp"}},
          .accept_types = {{"text/plain", "message/cpim", "application/octet-stream"}},
          .transactions = {{"d93kswow"}},
          .messages = {{"m1"}}};
}

std::vector<JudgedMessage> judged(std::string_view octets) {
  return judge_stream(octets, [](auto stream) { return frame(stream); }, [](auto message) { return judge(message, session()); });
}

TEST(MsrpCorpus, AcceptsEveryValidSample) {
  std::size_t count = 0;
  for (auto const& sample : samples()) {
    if (!sample.is_valid) continue;
    ++count;
    for (auto const& [offset, size, judgement] : judged(sample.octets)) {
      EXPECT_EQ(judgement.outcome, Outcome::accept) << sample.file;
      for (auto const& found : judgement.diagnostics)
        EXPECT_TRUE(found.rule == "ident" || found.rule == "method") << sample.file << ": " << found.detail;
    }
  }
  EXPECT_EQ(count, 32U);
}

struct Expected {
  std::string_view file;
  std::string_view rule;  ///< of the first deviation that is not the Message-ID's
  std::optional<std::uint32_t> answer;
  Outcome outcome = Outcome::reject;
};

constexpr Expected malformed[] = {
    {"end_tid_mismatch", "end-line", std::nullopt},
    {"tid_too_short", "transact-id", 400},
    {"tid_33_chars", "transact-id", 400},
    {"tid_nul", "transact-id", std::nullopt},
    {"no_to_path", "To-Path", 400},
    {"no_from_path", "From-Path", 400},
    {"from_before_to", "From-Path", 400},
    {"unknown_session", "To-Path", 481},
    {"uri_no_transport", "transport", 400},
    {"range_reversed", "range-end", 400},
    {"range_negative", "range-start", 400},
    {"range_2_64", "total", 413},
    {"range_start_huge", "Byte-Range", 413},
    {"range_total_lt_end", "total", 400},
    {"range_zero_start", "range-start", 400},
    {"body_longer_than_range", "range-end", 400},
    {"no_end_line", "end-line", std::nullopt},
    {"bad_flag", "end-line", std::nullopt},
    {"header_no_colon", "header", 400},
    {"lf_only", "req-start", std::nullopt},
    {"dup_to_path", "To-Path", 400},
    {"header_64k", "headers", 413},
    {"ct_before_mid", "Content-Type", 400, Outcome::either},
    {"no_message_id", "Message-ID", 400},
    {"unacceptable_type", "Content-Type", 415},
    {"stray_response", "transact-id", std::nullopt},
    {"report_for_unknown", "Message-ID", std::nullopt},
    {"report_bad_status", "namespace", std::nullopt},
    {"http_on_msrp", "pMSRP", std::nullopt},
    {"sip_on_msrp", "pMSRP", std::nullopt},
    {"cpim_truncated", "Message-headers", 400},
    {"tid_in_body_prefix", "range-end", 400},
};

TEST(MsrpCorpus, RefusesEveryMalformedSampleForTheStatedReason) {
  for (auto const& expected : malformed) {
    auto const file = "malformed/" + std::string(expected.file) + ".msrp";
    auto const all = judged(octets_of(file));
    ASSERT_EQ(all.size(), 1U) << file;
    auto const& judgement = all.front().judgement;
    EXPECT_EQ(judgement.outcome, expected.outcome) << file;
    EXPECT_EQ(judgement.answer, expected.answer) << file;
    auto const first = std::ranges::find_if(judgement.diagnostics, [](auto const& d) { return d.rule != "ident"; });
    ASSERT_NE(first, judgement.diagnostics.end()) << file;
    EXPECT_EQ(first->rule, expected.rule) << file << ": " << first->detail;
  }
  // All but the two chunks that are good by themselves: see the next test.
  auto const count = std::ranges::count(samples(), false, &Sample::is_valid);
  EXPECT_EQ(count, static_cast<std::ptrdiff_t>(std::size(malformed)) + 1);
}

TEST(MsrpCorpus, TheAnswerIsOneThatTheManifestNames) {
  for (auto const& expected : malformed) {
    auto const file = "malformed/" + std::string(expected.file) + ".msrp";
    auto const sample = std::ranges::find(samples(), file, &Sample::file);
    if (sample->expect.starts_with("only the flagged end line")) continue;  // says how it is framed, and it is
    if (expected.answer) {
      EXPECT_TRUE(sample->expect.contains(std::to_string(*expected.answer))) << file << ": " << sample->expect;
    } else {
      bool const has_other = std::ranges::any_of(std::array<std::string_view, 5>{"close", "ignore", "reading", "not an"},
                                                 [&](auto word) { return sample->expect.contains(word); });
      EXPECT_TRUE(has_other) << file << ": " << sample->expect;
    }
  }
}

TEST(MsrpCorpus, ReassemblyTellsThatChunksOverlap) {
  std::string_view rest = octets_of("malformed/overlapping_chunks.msrp");
  Reassembly reassembly;
  std::vector<Reassembly::Progress> all;
  while (!rest.empty()) {
    auto const size = frame(rest).size;
    auto const chunk = Message::parse(rest.substr(0, size));
    ASSERT_TRUE(chunk);
    EXPECT_EQ(judge(rest.substr(0, size), session()).outcome, Outcome::accept);
    auto progress = reassembly.add(*chunk);
    ASSERT_TRUE(progress) << describe(progress.error());
    all.push_back(std::move(*progress));
    rest.remove_prefix(size);
  }
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].overlapped, 2U);
  EXPECT_EQ(all[1].content, "abCDEFGH");
}

TEST(MsrpCorpus, ReassemblesTheValidChunks) {
  Reassembly reassembly;
  auto const first = Message::parse(octets_of("valid/chunk1of2.msrp"));
  auto const second = Message::parse(octets_of("valid/chunk2of2.msrp"));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(reassembly.add(*second)->state, Reassembly::State::incomplete);
  EXPECT_EQ(reassembly.add(*first)->content, "abcdEFGH");
}

TEST(MsrpCorpus, FramesEverySampleAlikeWhereverItIsSplit) {
  for (auto const& sample : samples()) {
    std::string_view const octets = sample.octets;
    auto const whole = frame(octets);
    for (std::size_t size = 0; size < octets.size(); ++size) {
      auto const part = frame(octets.substr(0, size));
      auto const wanted = whole.state == Framed::State::message && size >= whole.size                     ? whole.state
                          : whole.state == Framed::State::invalid && part.state == Framed::State::invalid ? Framed::State::invalid
                                                                                                          : Framed::State::need_more;
      ASSERT_EQ(part.state, wanted) << sample.file << " " << size;
      if (part.state == Framed::State::message) ASSERT_EQ(part.size, whole.size);
      if (part.state == Framed::State::invalid) ASSERT_EQ(part.error.offset, whole.error.offset) << sample.file;
    }
  }
}

TEST(MsrpCorpus, EachDeviationHasItsOctetsOrIsAnAbsence) {
  for (auto const& sample : samples())
    for (auto const& [offset, size, judgement] : judged(sample.octets))
      for (auto const& one : judgement.diagnostics)
        EXPECT_TRUE(has_octets_or_is_absent(one, sample.octets.substr(offset, size)))
            << sample.file << ": " << one.rule << ": " << one.detail;
}

TEST(MsrpCorpus, ReadingAndWritingChangesNoSample) {
  std::set<std::string> not_held;
  std::size_t held = 0;
  for (auto const& sample : samples())
    for (auto const& [offset, size, judgement] : judged(sample.octets)) {
      auto const octets = std::string_view(sample.octets).substr(offset, size);
      auto const message = Message::parse(octets);
      if (!message) {
        not_held.insert(sample.file);
        continue;
      }
      ++held;
      EXPECT_EQ(message->write(), octets) << sample.file;
    }
  // No end-line says where it ends; no start line of MSRP; a line that is no header, and more of them than the limit.
  constexpr char const* wanted[] = {"end_tid_mismatch", "no_end_line", "bad_flag",   "tid_nul",        "lf_only",
                                    "http_on_msrp",     "sip_on_msrp", "header_64k", "header_no_colon"};
  std::set<std::string> could_not;
  for (std::string const name : wanted) could_not.insert("malformed/" + name + ".msrp");
  EXPECT_EQ(not_held, could_not);
  EXPECT_EQ(held, 58U);
}

}  // namespace
}  // namespace tollgate::msrp
