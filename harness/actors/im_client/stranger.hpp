#pragma once
/// Requests of others than the SUT: on a machine where several runs go on, one's peer may call a port that another has now.
#include <string_view>

#include "actors/im_client/sip_endpoint.hpp"
#include "codec/sip/message.hpp"

namespace tollgate {

/// It comes from elsewhere than the SUT's SIP address, neither its Request-URI nor its To names `user`, and it does not go on with a
/// dialog of ours, whose tag is `tag`. Two runs beside each other may have the same domain and the same pattern of user names, so
/// another user of the domain is no reason to take it. What the SUT sends by mistake from its address is none, nor is what cannot be read.
[[nodiscard]] bool is_of_stranger(sip::Message const& request, SipSource const& source, Ixit const& ixit, std::string_view user,
                                  std::string_view tag);

}  // namespace tollgate
