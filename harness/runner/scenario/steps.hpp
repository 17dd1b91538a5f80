#pragma once
/// The steps of a scenario; scenarios/README.md says what each does. Texts may hold names in braces: see template_text.hpp.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "actors/amendment.hpp"
#include "actors/im_client/credentials.hpp"
#include "actors/im_client/msrp_endpoint.hpp"
#include "runner/push_state.hpp"

namespace tollgate::step {

/// Axis values of the profile, one of which must hold for a step to count; empty for all profiles.
using Axes = std::vector<std::string>;

struct Deposit {
  std::string to, text, as;
  unsigned messages = 0;  ///< 0: one, of `text`
  std::size_t octets = 0;  ///< 0: as long as the text
  std::string type = "text/plain";
  bool optional = false;  ///< the SUT may refuse it: then it is as if it had not been sent
};
struct Given {
  PushState state = PushState::stored;
  std::string role = "alice";
  unsigned messages = 1;
  unsigned clients = 1;  ///< of that role: alice, alice2, alice3, ..., one after the other, none of which waits for the next
};
struct Send {
  std::string by, message, in, as;  ///< by ocs: `in` is a CCR of the credit session
  std::optional<std::uint32_t> expires, contact_expires;
  Proof proof = Proof::when_asked;
  Amendment changes;  ///< values not yet expanded
};
struct Expect {
  std::string by, message, as, within = "live", since, not_before;
  std::string of_role;    ///< at ocs: one of that client's
  bool optional = false;  ///< what names it is left out when it does not come
  std::string copy_of;    ///< the next repetition of that message
  std::optional<std::string> carries;      ///< content of a SEND
  std::optional<std::uint64_t> units;      ///< Used-Service-Unit
  std::optional<std::uint64_t> requested;  ///< Requested-Service-Unit
  Axes profile;
};
struct Unordered {
  std::vector<Expect> all;
};
struct Silence {
  std::string by, message, during = "quiet", since;
  std::string of_role;  ///< at ocs: of that client only
  bool copies = false;  ///< repetitions too
  std::string until;  ///< a label that must come within `during`, and ends the silence
  std::string unless_closed;  ///< a client: what comes after the SUT has closed its MSRP connection breaks no silence
  Axes profile;
};
struct Answer {
  std::string by, to, as;
  int code = 200;
  std::string setup;   ///< who connects for MSRP where the offer leaves it open: active, passive; "" as the bed has it
  bool again = false;  ///< one more final answer
  std::optional<std::uint64_t> granted;
  Amendment changes;  ///< values not yet expanded
};
struct Repeat {
  std::string by, of, every = "100ms";
  unsigned times = 1;
};
enum class Values : std::uint8_t {
  all,         ///< every value, and there is one
  any,         ///< one of them
  if_present,  ///< every value, and there may be none
};
struct Check {
  std::string of;        ///< one message by its name, or else
  std::string by, each;  ///< every message of that label which that actor received; by "*": any client
  bool copies = false;   ///< repetitions too
  std::string since;     ///< of those that came behind that message
  std::string when;      ///< only of a message with that label
  std::string field;
  std::optional<std::string> is, is_not, matches, at_least, at_most;
  std::string like;  ///< a message that has the same values, in whatever order
  std::optional<std::string> has;     ///< a form that one value has
  std::optional<std::string> series;  ///< the form of all values with spaces between, also of none
  std::optional<std::uint64_t> times, distinct;
  bool are_all_distinct = false;
  std::optional<std::uint64_t> bits;  ///< that the values show when laid side by side
  std::size_t nth = 0;  ///< from 1; 0 for all
  Values values = Values::all;
  Axes profile;
};
/// No value of the field is in two of the messages.
struct Distinct {
  std::vector<std::string> of;
  std::string field;
};
struct Count {
  std::string by, message;
  bool copies = false;
  std::optional<std::uint64_t> is, at_least, at_most;
  Axes profile;
};
struct Sum {
  bool used = true;
  std::string role;  ///< "" for everybody in the flow
  std::optional<std::string> is, at_most;  ///< numbers, or names in braces
  Axes profile;
};
struct Skip {
  std::string by, message;
};
/// Everything that was stored for that role has come once, in the order in which it was stored.
struct Delivered {
  std::string to, within = "live";
};
/// The same octets came again so long after the first, and not else.
struct Copies {
  std::string of;
  std::vector<std::string> at;
};
struct Completes {
  std::string by, within = "msrp_transaction+live";
};
struct Alone {
  std::string by;
};
struct Scripts {
  std::string by, message;
};  ///< by ocs an operation, CER or DWR; by a client CANCEL
struct Client {
  std::string name, user;
  std::optional<bool> connects;  ///< for MSRP; else clients take turns
  std::optional<trace::Transport> transport;  ///< for SIP; else what the SUT file says
  MsrpBehaviour msrp;
  std::string msrp_port;           ///< clients with the same word share one
  std::string stands_for;          ///< another client whose user it registers
  bool msrps = false;            ///< a user whose MSRP is over TLS
  bool secured = false;          ///< a user that the SUT asks for credentials
};
struct Connect {
  std::string by;
};
struct Close {
  std::string by;
  bool reset = false;
};  ///< by ocs: every Diameter connection
struct Resume {
  std::string by;
};
struct Restart {};
/// How much the SUT holds, where its process is ours: the monitor G14 compares the first with the last.
struct Measure {};
struct Probe {
  std::string by;
};
struct Wait {
  std::string duration, since;
  bool is_drawn = false;  ///< a time up to that, by the seed
};

using Any = std::variant<Deposit, Given, Send, Expect, Unordered, Silence, Answer, Repeat, Check, Distinct, Count, Sum, Skip, Delivered,
                         Copies, Completes, Alone, Scripts, Client, Connect, Close, Resume, Restart, Measure, Probe, Wait>;

}  // namespace tollgate::step
