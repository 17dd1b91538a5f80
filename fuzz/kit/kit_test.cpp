// What a vendor relies on: the C function that mutates, and that a known-bad parser is found out.
#include <gmock/gmock.h>

#include "fuzz/kit/differential.hpp"
#include "fuzz/kit/tollgate_fuzz.h"
#include "fuzz/mutate/samples_test.hpp"

namespace tollgate::fuzz {
namespace {

constexpr std::size_t room = 8192;

std::string mutated(std::string message, unsigned seed, int protocol, std::size_t max_size = room) {
  auto const size = message.size();
  message.resize(room);
  message.resize(tollgate_mutate(reinterpret_cast<std::uint8_t*>(message.data()), size, max_size, seed, protocol));
  return message;
}

TEST(TollgateMutate, GivesTheSameMessageForTheSameSeed) {
  for (int protocol = TOLLGATE_SIP; protocol <= TOLLGATE_DIAMETER; ++protocol) {
    auto const& message = samples(static_cast<Protocol>(protocol)).front();
    std::size_t changed = 0;
    for (unsigned seed = 0; seed < 50; ++seed) {
      auto const once = mutated(message, seed, protocol);
      EXPECT_EQ(once, mutated(message, seed, protocol));
      changed += !once.empty() && once != message ? 1 : 0;
    }
    EXPECT_GT(changed, 40U) << protocol;
  }
}

TEST(TollgateMutate, KeepsToItsRoomAndRefusesWhatItDoesNotKnow) {
  auto const& message = samples(Protocol::sip).front();
  for (unsigned seed = 0; seed < 200; ++seed) EXPECT_LE(mutated(message, seed, TOLLGATE_SIP, message.size()).size(), message.size());
  EXPECT_EQ(mutated(message, 1, 0), "");
  EXPECT_EQ(mutated(message, 1, 6), "");
  EXPECT_EQ(mutated("no Diameter", 1, TOLLGATE_DIAMETER), "");
}

TEST(OurReading, SaysWhatIsWrongFirst) {
  auto const& good = samples(Protocol::sip).front();
  EXPECT_EQ(our_reading(Protocol::sip, good).accepts, true);
  auto bad = good;
  bad.replace(bad.find("CSeq: 1"), 7, "CSeq: x");
  EXPECT_EQ(our_reading(Protocol::sip, bad).accepts, false);
  EXPECT_THAT(our_reading(Protocol::sip, bad).reason, testing::HasSubstr("CSeq"));
}

TEST(Disagreements, AreSortedByWhoSaysWhatAndWhy) {
  Disagreements disagreements;
  for (auto const protocol : {Protocol::sip, Protocol::diameter}) {
    Random random(1);
    for (int i = 0; i < 300; ++i) (void)disagreements.compare(protocol, mutate(protocol, samples(protocol).front(), random), "mutated");
  }
  if (peers().empty()) GTEST_SKIP() << "this build has no peers";
  EXPECT_GT(disagreements.buckets().size(), 5U);
  for (auto const& [bucket, names] : disagreements.buckets()) {
    EXPECT_FALSE(names.empty());
    EXPECT_TRUE(bucket.we_accept || !bucket.our_reason.empty()) << bucket.text();
  }
}

}  // namespace
}  // namespace tollgate::fuzz
