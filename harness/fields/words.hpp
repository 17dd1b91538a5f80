#pragma once
/// Fields that are not header fields or AVPs, by the names of Wireshark's display filters.
#include <cstdint>
#include <string_view>

namespace tollgate::fields {

enum class MsrpWord : std::uint8_t { none, transaction_id, method, status_code, flag, data, head };

[[nodiscard]] constexpr MsrpWord msrp_word(std::string_view name) {
  if (name == "transaction.id") return MsrpWord::transaction_id;
  if (name == "method") return MsrpWord::method;
  if (name == "status.code") return MsrpWord::status_code;
  if (name == "cnt.flg") return MsrpWord::flag;
  if (name == "head") return MsrpWord::head;
  return name == "data" ? MsrpWord::data : MsrpWord::none;
}

/// Of the Diameter header (RFC 6733 3).
enum class HeaderWord : std::uint8_t {
  none,
  version,
  length,
  command,
  application,
  hop_by_hop,
  end_to_end,
  request,
  proxiable,
  error,
  retransmitted
};

[[nodiscard]] constexpr HeaderWord header_word(std::string_view name) {
  if (name == "version") return HeaderWord::version;
  if (name == "length") return HeaderWord::length;
  if (name == "cmd.code") return HeaderWord::command;
  if (name == "applicationId") return HeaderWord::application;
  if (name == "hopbyhopid") return HeaderWord::hop_by_hop;
  if (name == "endtoendid") return HeaderWord::end_to_end;
  if (name == "flags.request") return HeaderWord::request;
  if (name == "flags.proxyable") return HeaderWord::proxiable;
  if (name == "flags.error") return HeaderWord::error;
  return name == "flags.T" ? HeaderWord::retransmitted : HeaderWord::none;
}

}  // namespace tollgate::fields
