#pragma once
/// SIPp as the author of an IM Client's SIP messages: one process for each transaction or dialog, each with a scenario of
/// scenarios/sipp. The IM Client stands between it and the SUT, with the addresses that the SUT sees.
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "actors/im_client/author.hpp"
#include "actors/sipp/leg.hpp"
#include "actors/sipp/stage.hpp"
#include "transport/network.hpp"

namespace tollgate::sipp {

/// Scenarios of a user's own, in place of ours.
struct OwnScenarios {
  bool registers = false;  ///< for REGISTER, but for the end of a registration
  bool sessions = false;   ///< for an INVITE that is accepted, to the end of its dialog
};

class SippAuthor final : public SipAuthor {
 public:
  SippAuthor(Seat seat, Network& network, Stage stage, OwnScenarios own);
  ~SippAuthor() override;

  void writes(Draft draft, Written written) override;
  void hears(sip::Message const& message) override;
  void dismissed() override;
  [[nodiscard]] std::optional<std::string> refuses(Draft const& draft) const override;

 private:
  void asks(Draft const& draft, Written written);
  void answers(Draft const& draft, Written written);
  Leg& start(Part part);
  /// Of a request that we ask for; nothing where none sends it.
  [[nodiscard]] std::optional<std::string> scene_of(Draft const& draft) const;
  [[nodiscard]] Part calling(Draft const& draft) const;
  [[nodiscard]] Part part_of(sip::Message const& message, std::string scene) const;
  void adopt(std::unique_ptr<Stream> stream);
  void tell_unreadable(Leg const& leg, std::string_view octets, std::string const& why);
  void account(Leg const& leg, std::string const& how_it_ended);

  Seat seat_;
  Network& network_;
  Stage stage_;
  OwnScenarios own_;
  std::unique_ptr<Listener> tap_;  ///< where those that call do so
  Address const tap_at_;
  std::list<Leg> legs_;
  std::map<std::string, Leg*> dialogs_;                       ///< the newest that answers, by Call-ID
  std::map<std::string, std::pair<Leg*, std::string>> asked_;  ///< who wrote a request, and its own Via, by branch
  bool is_registered_ = false;
};

}  // namespace tollgate::sipp
