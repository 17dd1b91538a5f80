#pragma once
/// What the value of a SIP header field is made of, as far as its parts can be read.
#include <cstdint>

#include "codec/sip/name.hpp"

namespace tollgate::fields {

enum class SipForm : std::uint8_t {
  address,  ///< name-addr or addr-spec with parameters (RFC 3261 25.1)
  via,      ///< via-parm
  cseq,     ///< a number and a method
  digest,   ///< a scheme with auth-params
  other,    ///< a value, perhaps with parameters
};

[[nodiscard]] constexpr SipForm sip_form(sip::Name name) {
  using sip::Name;
  switch (name) {
    case Name::via: return SipForm::via;
    case Name::cseq: return SipForm::cseq;
    case Name::from:
    case Name::to:
    case Name::contact:
    case Name::route:
    case Name::record_route:
    case Name::path:
    case Name::service_route:
    case Name::p_asserted_identity:
    case Name::referred_by:
    case Name::refer_to: return SipForm::address;
    case Name::www_authenticate:
    case Name::authorization:
    case Name::authentication_info: return SipForm::digest;
    default: return SipForm::other;
  }
}

}  // namespace tollgate::fields
