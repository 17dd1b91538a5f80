#pragma once
/// An instant message disposition notification: the message/imdn+xml that tells what became of a message
/// (RFC 5438 11.1). What a sender asks for stands in CPIM headers: headers.hpp.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/parsed.hpp"
#include "codec/cpim/headers.hpp"

namespace tollgate::cpim {

/// What became of it (RFC 5438 11.1.7). Which of them may be told of is the kind's to say; an extension is `other`.
enum class Disposition : std::uint8_t { delivered, failed, displayed, processed, stored, forbidden, error, other };
[[nodiscard]] std::string_view to_string(Disposition disposition);

struct Imdn {
  enum class Kind : std::uint8_t { delivery, processing, display };

  std::string message_id;  ///< imdn.Message-ID of the message that is told of
  std::string date_time;   ///< its DateTime
  std::string recipient_uri = {}, original_recipient_uri = {}, subject = {};  ///< "" when absent
  Kind kind = Kind::delivery;
  Disposition disposition = Disposition::delivered;
};

/// Refuses what is no well-formed XML, another document than <imdn>, one without message-id, datetime, notification or
/// status, with two of one of them or in another order than the schema's, a datetime that is no date-time, and a status that
/// its kind has not. Elements of other namespaces are passed over. Of a well-formed document
/// the offset is that of the element that is wrong, or 0.
[[nodiscard]] Parsed<Imdn> parse_imdn(std::string_view xml);
[[nodiscard]] std::string write(Imdn const& imdn);

inline constexpr std::string_view imdn_type = "message/imdn+xml";

}  // namespace tollgate::cpim
