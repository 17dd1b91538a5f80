#pragma once
/// Every typed view of SIP, asked of one message: none crashes, each says of an Index what it says of a Message, and
/// what it gives of the Index lies in the octets that the Index was made of.
#include "codec/sip/index.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::fuzz {

/// Both hold the same message.
void require_views_agree(sip::Index const& index, sip::Message const& message);

}  // namespace tollgate::fuzz
