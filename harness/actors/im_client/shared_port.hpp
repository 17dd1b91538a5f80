#pragma once
/// One MSRP address for the sessions of several clients: what comes is told apart by the session in To-Path (RFC 4975 5.4), on as
/// many connections as the SUT likes.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "transport/network.hpp"

namespace tollgate {

class SharedPort {
 public:
  /// Throws NetworkError.
  SharedPort(Network& network, std::string const& host);
  ~SharedPort();

  /// What is for that session: each connection that brings something for it is accepted once more, as its own.
  [[nodiscard]] std::unique_ptr<Listener> listener_for(std::string const& session_id);

 private:
  struct Connection;
  class SessionStream;
  class SessionListener;
  struct Sessions {
    std::map<std::string, SessionListener*> listeners;  ///< by session-id
  };
  void accept(std::unique_ptr<Stream> stream);
  void read(std::shared_ptr<Connection> const& connection, std::string_view octets) const;

  std::shared_ptr<Sessions> sessions_;
  std::vector<std::shared_ptr<Connection>> connections_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace tollgate
