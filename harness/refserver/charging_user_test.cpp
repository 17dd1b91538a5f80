// Which answers the Charging Enabler User takes, and what becomes of its requests when the connection is lost.
#include "refserver/charging_user.hpp"

#include <gmock/gmock.h>

#include "codec/stream_buffer.hpp"
#include "sim/sim_clock.hpp"
#include "transport/loopback.hpp"

namespace tollgate::refserver {
namespace {

/// A Charging Enabler that answers CER and keeps every CCR.
class ChargingUserTest : public testing::Test {
 protected:
  ChargingUserTest() {
    listener_->on_accept = [this](std::unique_ptr<Stream> stream) {
      stream_ = std::move(stream);
      buffer_ = StreamBuffer([](auto octets) { return diameter::frame(octets); });
      stream_->on_octets = [this](std::string_view octets) { read(octets); };
    };
    config_.charging_enabler = listener_->local();
    user_.emplace(clock_, network_, Random(2), config_);
    clock_.run_for(100ms);
  }

  void asks() {
    ch2::Request request{.type = ch2::RequestType::initial, .session_id = user_->fresh_session_id(), .requested = 1};
    user_->asks(request, [this](std::optional<ch2::Answer> const& answer) { answers_.push_back(answer.has_value()); });
    clock_.run_for(1ms);
  }

  /// The good answer to the newest CCR, changed by `change`.
  template <class Change>
  void answers(Change change) {
    auto cca = ch2::write_answer({.result = 2001, .granted = 1}, ccrs_.back(), "ocs", "x");
    change(cca);
    stream_->send(cca.write());
    clock_.run_for(1ms);
  }

  void read(std::string_view octets) {
    buffer_.append(octets);
    while (auto const cut = buffer_.next()) {
      auto message = diameter::Message::parse(cut->octets);
      ASSERT_TRUE(message);
      if (message->header.command == diameter::command_credit_control) ccrs_.push_back(*message);
      if (message->header.command == diameter::command_capabilities)
        stream_->send(diameter::capabilities_answer(*message, {.origin_host = "ocs", .origin_realm = "x"}, 2001).write());
    }
  }

  SimClock clock_;
  LoopbackNetwork network_{clock_, Random(1)};
  std::unique_ptr<Listener> listener_ = network_.listen({"127.0.0.1", 3868});
  std::unique_ptr<Stream> stream_;
  StreamBuffer buffer_{[](auto octets) { return diameter::frame(octets); }};
  Config config_;
  std::optional<ChargingUser> user_;
  std::vector<diameter::Message> ccrs_;
  std::vector<bool> answers_;  ///< whether each had come before Tx
};

constexpr std::uint32_t session_id = 263, request_number = 415;

void drop(diameter::Message& message, std::uint32_t code) {
  std::erase_if(message.avps, [&](auto const& avp) { return avp.code == code; });
}

TEST_F(ChargingUserTest, TakesAnAnswerOnceAndByItsIdentifiers) {
  asks();
  answers([](auto& cca) { ++cca.header.hop_by_hop; });
  answers([](auto& cca) { ++cca.header.end_to_end; });
  EXPECT_TRUE(answers_.empty());
  answers([](auto&) {});
  answers([](auto&) {});
  EXPECT_THAT(answers_, testing::ElementsAre(true));
}

TEST_F(ChargingUserTest, AGrantNamesItsSessionAndRequestButARefusalMayBeShort) {
  asks();
  answers([](auto& cca) { drop(cca, session_id); });
  answers([](auto& cca) { drop(cca, request_number); });
  EXPECT_TRUE(answers_.empty()) << "a grant for nobody buys nothing";
  auto const refusal = diameter::short_answer(ccrs_.back(), {.origin_host = "ocs", .origin_realm = "x"}, 3004, true);
  stream_->send(refusal.write());
  clock_.run_for(1ms);
  EXPECT_THAT(answers_, testing::ElementsAre(true));
}

TEST_F(ChargingUserTest, AsksAgainWithTheTFlagWhenTheConnectionWasLost) {
  asks();
  auto const first = ccrs_.back().header;
  stream_->reset();
  clock_.run_for(2s);
  ASSERT_EQ(ccrs_.size(), 2U);
  EXPECT_EQ(ccrs_.back().header.end_to_end, first.end_to_end);
  EXPECT_NE(ccrs_.back().header.flags & diameter::flag_retransmitted, 0);
  EXPECT_EQ(first.flags & diameter::flag_retransmitted, 0);
  answers([](auto&) {});
  EXPECT_THAT(answers_, testing::ElementsAre(true));
}

TEST_F(ChargingUserTest, ReadsNothingBehindWhatEndsTheConnection) {
  asks();
  auto const cca = ch2::write_answer({.result = 2001, .granted = 1}, ccrs_.back(), "ocs", "x").write();
  stream_->send(Octets(20, '\xff') + cca);  // version 255: the connection ends here
  clock_.run_for(100ms);
  EXPECT_TRUE(answers_.empty());
}

TEST_F(ChargingUserTest, DoesNotAskAgainWhatTxHasEnded) {
  asks();
  clock_.run_for(11s);
  EXPECT_THAT(answers_, testing::ElementsAre(false));
  stream_->reset();
  clock_.run_for(2s);
  EXPECT_EQ(ccrs_.size(), 1U);
}

}  // namespace
}  // namespace tollgate::refserver
