#pragma once
/// Requests of others than the SUT: on a machine where several runs go on, one's peer may call a port that another has now.
#include <string_view>

#include "actors/im_client/sip_endpoint.hpp"
#include "codec/sip/message.hpp"

namespace tollgate {

/// It comes from elsewhere than the SUT's SIP address, and neither its Request-URI nor its To names `user`, another user of the run or
/// anybody in its domain. Where it goes on with a dialog whose To tag is not `tag`, our own, no other than `user` will do. What the SUT
/// sends by mistake is none, nor is what cannot be read.
[[nodiscard]] bool is_of_stranger(sip::Message const& request, SipSource const& source, Ixit const& ixit, std::string_view user,
                                  std::string_view tag);

}  // namespace tollgate
