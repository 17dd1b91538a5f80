#pragma once
/// Attributes with values of their own: setup, connection, fingerprint, direction, lists of media types.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sdp/section.hpp"

namespace tollgate::sdp {

/// a=setup (RFC 6135 4.2; RFC 4145 4)
enum class Setup : std::uint8_t { active, passive, actpass, holdconn };
/// a=connection (RFC 4145 5)
enum class ConnectionUse : std::uint8_t { new_connection, existing };
/// a=sendrecv and its kin (RFC 4975 8.9)
enum class Direction : std::uint8_t { sendrecv, sendonly, recvonly, inactive };

[[nodiscard]] std::string_view to_string(Setup setup);
[[nodiscard]] std::string_view to_string(ConnectionUse use);
[[nodiscard]] std::string_view to_string(Direction direction);

[[nodiscard]] Parsed<Setup> parse_setup(Piece value);
[[nodiscard]] Parsed<ConnectionUse> parse_connection_use(Piece value);
/// The direction that an attribute of this name gives.
[[nodiscard]] std::optional<Direction> direction_named(std::string_view name);

// The media's, else the session's, else nothing.
[[nodiscard]] Parsed<std::optional<Setup>> setup(Section const& session, Section const& media);
[[nodiscard]] Parsed<std::optional<ConnectionUse>> connection_use(Section const& session, Section const& media);
[[nodiscard]] Parsed<std::optional<Direction>> direction(Section const& session, Section const& media);

/// fingerprint-attribute = "fingerprint" ":" hash-func SP fingerprint,  fingerprint = 2UHEX *( ":" 2UHEX ) (RFC 8122 5)
struct Fingerprint {
  std::string_view hash_function;  ///< "sha-256"
  std::string_view value;
};
[[nodiscard]] Parsed<Fingerprint> parse_fingerprint(Piece value);
/// The media's, or the session's where the media has none (RFC 8122 5).
[[nodiscard]] Parsed<std::vector<Fingerprint>> fingerprints(Section const& session, Section const& media);

/// format-list = format-entry *( SP format-entry ),  format-entry = ( type "/" subtype *( ";" type-param ) ) / "*"
/// (RFC 4975 8.6): accept-types, accept-wrapped-types. The whole value.
[[nodiscard]] Parsed<std::string_view> parse_format_list(Piece value);
/// max-size = 1*DIGIT, octets (RFC 4975 8.6)
[[nodiscard]] Parsed<std::uint64_t> parse_max_size(Piece value);

}  // namespace tollgate::sdp
