#include "actors/sipp/scene.hpp"

namespace tollgate::sipp {

std::optional<std::string> scene_of_request(std::string_view method, bool is_registered, bool ends_registration, bool answers_challenge) {
  if (method == "REGISTER") {
    if (answers_challenge) return "register_digest";
    if (ends_registration) return "deregister";
    return is_registered ? "reregister" : "register";
  }
  if (method == "MESSAGE") return "message";
  if (method == "OPTIONS") return "options";
  if (method == "BYE") return "hang_up";
  return std::nullopt;
}

std::string scene_of_response(std::string_view method, int status) {
  if (method != "INVITE") return "answer";
  switch (status / 100) {
    case 1: return "no_answer";
    case 2: return "accept";
    case 3: return "redirect";
    default: return "reject";
  }
}

bool goes_on_to(std::string_view scene, std::string_view method, int status) {
  constexpr int ok = 200, request_terminated = 487;
  if (scene == "accept") return method == "BYE" && status == ok;
  if (scene == "no_answer") return (method == "CANCEL" && status == ok) || (method == "INVITE" && status == request_terminated);
  return false;
}

}  // namespace tollgate::sipp
