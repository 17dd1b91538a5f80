#pragma once
/// Which scenario of SIPp plays a message that is wanted.
#include <optional>
#include <string>
#include <string_view>

namespace tollgate::sipp {

/// Of a request of ours; nothing where no scenario sends it.
[[nodiscard]] std::optional<std::string> scene_of_request(std::string_view method, bool is_registered, bool ends_registration,
                                                          bool answers_challenge);
/// Of a response of ours to a request of that method.
[[nodiscard]] std::string scene_of_response(std::string_view method, int status);
/// A leg that plays `scene` writes that response in its turn, once it hears the request.
[[nodiscard]] bool goes_on_to(std::string_view scene, std::string_view method, int status);

}  // namespace tollgate::sipp
