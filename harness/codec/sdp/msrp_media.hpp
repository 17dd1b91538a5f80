#pragma once
/// The MSRP media description of an offer or answer (RFC 4975 8, RFC 6135 4, RFC 6714).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sdp/attributes.hpp"
#include "codec/sdp/description.hpp"
#include "codec/sdp/media_line.hpp"
#include "codec/sdp/origin.hpp"
#include "codec/sdp/section.hpp"

namespace tollgate::sdp {

/// As it stands in its text, which must outlive it: nothing is copied, and without fingerprints nothing
/// allocated.
struct MsrpMediaView {
  MediaLine line;                 ///< m=, its protocol one of MSRP's; port 0 when refused, 9 when active
  Address address;                ///< c= of the media or of the session
  std::string_view path;          ///< a=path, MSRP URIs with a space between (RFC 4975 8.2)
  std::string_view accept_types;  ///< a=accept-types, likewise (RFC 4975 8.6)
  std::string_view accept_wrapped_types;
  std::optional<std::uint64_t> max_size;    ///< octets
  std::optional<Setup> setup;               ///< absent means the offerer is active (RFC 4975 5.4)
  std::optional<ConnectionUse> connection;  ///< a=connection (RFC 4145 5)
  Direction direction = Direction::sendrecv;
  std::vector<Fingerprint> fingerprints;  ///< a=fingerprint of the media or of the session (RFC 8122 5)
  bool has_cema = false;                  ///< a=msrp-cema (RFC 6714 4.1)
};

/// The `nth` m= line of MSRP (from 0) with its attributes. Refuses a missing path or accept-types (which a refused
/// media, port 0, may leave out: RFC 3264 6), a port that is not a number, an attribute that does not keep to its
/// grammar.
[[nodiscard]] Parsed<MsrpMediaView> msrp_media_view(Lines lines, std::size_t nth = 0);

/// The same, copied, to be kept and to be made.
struct MsrpMedia {
  std::string address;                    ///< c= address of the media or of the session: "127.0.0.1"
  std::string network_type = "IN";        ///< of the address: what is another is kept as it came
  std::string address_type = "IP4";       ///< IP4 or IP6
  std::uint16_t port = 0;                 ///< m= port; 9 when active, 0 when refused
  std::string protocol = "TCP/MSRP";      ///< TCP/MSRP or TCP/TLS/MSRP
  std::vector<std::string> path;          ///< a=path, one MSRP URI or more (RFC 4975 8.2)
  std::optional<Setup> setup;             ///< absent means the offerer is active (RFC 4975 5.4)
  std::vector<std::string> accept_types;  ///< a=accept-types (RFC 4975 8.6)
  std::vector<std::string> accept_wrapped_types;
  std::optional<std::uint64_t> max_size;  ///< octets
  Direction direction = Direction::sendrecv;
  std::optional<ConnectionUse> connection = {};  ///< a=connection (RFC 4145 5)
  std::vector<std::string> fingerprints = {};    ///< a=fingerprint, "sha-256 4A:AD:..." (RFC 8122 5)
  bool has_cema = false;                         ///< a=msrp-cema (RFC 6714 4.1)
};

/// Refuses what `msrp_media_view` refuses.
[[nodiscard]] Parsed<MsrpMedia> msrp_media(Lines lines, std::size_t nth = 0);

/// A description with one m=message line. `session` and `version` are the numbers of o= (RFC 8866 5.2).
[[nodiscard]] Description describe(MsrpMedia const& media, std::uint64_t session, std::uint64_t version);

}  // namespace tollgate::sdp
