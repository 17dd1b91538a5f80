#pragma once
/// The mock Charging Enabler as an HTTP server: an EventRequest is POSTed to /ch2 and its Response comes with 200, whatever the
/// result. What cannot be read gets an HTTP status with a Response that says why, and concerns nobody else:
///
///   400 no HTTP message, or no EventRequest in it      404 another target     405 another method    408 not complete within 10 s
///   413 a body over 64 KiB   415 another content type, or a coding of it   431 a header over 8 KiB   501 another transfer coding
///   than chunked   505 another version   500 an answer that no document can say          (RFC 9110 15.5, 15.6; RFC 6585 5)
///
/// Responses go out in the order of the requests (RFC 9112 9.3.2). The trace has each when it goes out, and says of one that waits.
#include <map>
#include <memory>

#include "actors/charging_enabler/charging_enabler.hpp"
#include "codec/ch2/http.hpp"
#include "sim/later.hpp"

namespace tollgate {

class HttpEnabler final : public ChargingEnabler {
 public:
  /// Throws NetworkError.
  HttpEnabler(Clock& clock, Network& network, Ixit const& ixit, Address const& listen, Recorder& peer_recorder);
  ~HttpEnabler() override;

  /// A client connects when it has something to ask.
  [[nodiscard]] bool has_peer() const override { return true; }
  [[nodiscard]] bool had_connection() const override { return next_connection_ > 0; }
  /// Nobody is asked over HTTP but by us being asked.
  trace::EventId sends(CreditControl&, diameter::Message, std::string, Amendment const&) override { return 0; }
  void closes(bool reset) override;
  void detach(CreditControl& credit_control) override;
  /// A client has as many connections as it has, and sends no second request before the answer to the first (RFC 9112 9.3, 9.4).
  [[nodiscard]] bool may_have_held_up(Instant since) const override;

  static constexpr Duration patience = 10s;
  static constexpr std::size_t connections_max = 1000;
  /// Octets that have come and are no whole request yet.
  [[nodiscard]] std::size_t unread() const;
  static constexpr std::size_t owed_max = 100;  ///< requests of a connection

 private:
  struct Connection;
  void accept(std::unique_ptr<Stream> stream);
  void read(Connection& connection, std::string_view octets);
  void take(Connection& connection, Octets octets);
  void await_rest(Connection& connection);
  void tell_to_continue(Connection& connection);
  [[nodiscard]] AnswerPath owes(Connection& connection, bool closes);
  void answer(std::uint64_t connection, std::uint64_t request, Octets octets, Segments segments);
  void send_first(Connection& connection);
  void refuse(Connection& connection, Octets octets, unsigned status, std::string const& why, bool closes);
  bool makes_room();
  void drop(Connection& connection, std::string why);
  void notes_cut_off(Connection const& connection);
  void ends(Connection& connection, std::string why, trace::Direction by);
  void counts_busy();
  [[nodiscard]] std::int64_t date() const;  ///< seconds since 1970

  std::map<std::uint64_t, std::unique_ptr<Connection>> connections_;
  std::uint64_t next_connection_ = 0;
  std::uint64_t next_request_ = 0;
  std::size_t busy_ = 0, busy_most_ = 0;  ///< connections that wait for an answer, now and at most so far
  Instant busy_most_until_{};             ///< as many did then for the last time
  bool pipelines_ = false;                ///< some connection has carried two requests at a time
  Later later_;
};

}  // namespace tollgate
