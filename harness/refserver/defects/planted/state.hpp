#pragma once
/// The defects that are switched on, and what the side code in which they are planted remembers: written as such code is, with
/// pointers that somebody has to free. Each function below holds the defects of one place.
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "codec/diameter/message.hpp"
#include "codec/msrp/message.hpp"
#include "codec/sip/message.hpp"
#include "refserver/defects/catalogue.hpp"

namespace tollgate::refserver::defects {

struct Registration {
  char user[256];
  unsigned refreshes;
};

/// Of the INVITE of one Call-ID.
struct EarlyDialog {
  int status;
  unsigned provisional;
};

/// A chunk that was sent and not answered.
struct Chunk {
  char path[256];
  int status;
};

/// Who is at the other end of an MSRP session.
struct MsrpPeer {
  char method[16];
  unsigned requests;
};

struct Unit {
  std::uint32_t number, state, used, left;
};

/// A debit whose answer is outstanding.
struct PendingDebit {
  std::string subscriber;
  std::mutex busy;  ///< of D32
  unsigned answers = 0;
  bool holds_list = false;  ///< of D36
};

struct DebitAnswer {
  std::uint32_t end_to_end;
  unsigned copies;
};

struct Planted {
  Planted();
  Planted(Planted const&) = delete;
  Planted& operator=(Planted const&) = delete;
  ~Planted();

  std::set<Defect> on;
  [[nodiscard]] bool has(Defect defect) const { return on.contains(defect); }

  // SIP
  std::string branch, tag, line, comment, maddr, part, remote_target;
  char* refused = nullptr;  ///< of D07: the newest
  int* wheel;               ///< of D10: four slots
  std::map<std::string, Registration*, std::less<>> by_call_id, by_user;
  std::set<std::string> registered;  ///< users
  std::map<std::string, EarlyDialog*, std::less<>> early;

  // SDP
  std::string path, attribute;
  unsigned chunks = 0, ports = 0;

  // Diameter
  std::string avp, session_id;
  std::uint32_t groups = 0;
  std::uint64_t octets_in_groups = 0;
  Unit* units = nullptr;
  std::map<std::string, PendingDebit*, std::less<>> debits;  ///< by Session-Id
  std::map<std::uint32_t, DebitAnswer*> debit_answers;       ///< by End-to-End Identifier
  std::mutex list_of_debits;                                 ///< of D36

  // MSRP
  std::string transaction_id, chunk;
  char* status_text = nullptr;  ///< of D26
  unsigned volatile looked = 0;
  std::string aborted;  ///< Message-ID whose parts are freed
  char* assembly = nullptr;
  std::map<std::string, Chunk*, std::less<>> unanswered;  ///< by transaction id
  std::map<std::string, MsrpPeer*, std::less<>> peers;    ///< by our path
  std::set<std::string, std::less<>> answered;            ///< transaction ids

  /// What is freed although it can still be found.
  std::set<void const*> dangling;
};

void read_sip_octets(Planted& planted, std::string_view octets);
void read_request_headers(Planted& planted, sip::Message const& request);
void read_multipart(Planted& planted, sip::Message const& request);
void take_registration(Planted& planted, sip::Message const& request, int status, std::string const& aor);
void take_invite_response(Planted& planted, sip::Message const& response);
void read_description(Planted& planted, std::string_view answer);
void read_diameter_octets(Planted& planted, std::string_view octets);
void begin_debit(Planted& planted, std::string const& session_id, std::string const& subscriber);
void end_debit(Planted& planted, diameter::Message const& answer);
void hang_up(Planted& planted, std::string const& user);
void abort_session(Planted& planted, diameter::Message const& request);
[[nodiscard]] bool debits_again(Planted& planted, diameter::Message const& answer);
void read_msrp_octets(Planted& planted, std::string_view octets);
void take_msrp_request(Planted& planted, std::string_view own_path, msrp::Message const& request);
void take_msrp_response(Planted& planted, std::string_view own_path, msrp::Message const& response);
void note_sent(Planted& planted, std::string_view own_path, std::string_view transaction_id);
void lose_connection(Planted& planted, std::string_view own_path);
[[nodiscard]] bool counts_again(Planted& planted, msrp::Message const& message);

/// To LeakSanitizer the numbers of the edges look like pointers into what is allocated first of some sizes: the C++ library itself
/// has something of this one.
inline constexpr std::size_t leak_size = 65'536;

/// Copies at most what fits, and a NUL.
template <std::size_t size>
void keep_text(char (&place)[size], std::string_view text) {
  place[text.copy(place, size - 1)] = '\0';
}

}  // namespace tollgate::refserver::defects
