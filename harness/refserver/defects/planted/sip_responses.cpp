// What is planted in the responses to an INVITE and the description that the 200 carries: D17 to D22.
#include <cstdlib>
#include <cstring>

#include "base/text.hpp"
#include "refserver/defects/planted/state.hpp"

namespace tollgate::refserver::defects {

using sip::Name;

/// D17.
[[gnu::noinline]] static void keep_remote_target(Planted& planted, std::string_view contact) {
  constexpr std::size_t size = 128;
  auto* const target = static_cast<char*>(std::malloc(size));
  std::memcpy(target, contact.data(), contact.size());
  planted.remote_target.assign(target, contact.size());
  std::free(target);
}

/// D18: the early dialog of that Call-ID.
[[gnu::noinline]] static void note_provisional(Planted& planted, std::string const& call_id, int status) {
  auto& early = planted.early[call_id];
  if (early == nullptr) {
    early = static_cast<EarlyDialog*>(std::calloc(1, sizeof(EarlyDialog)));
    planted.dangling.erase(early);
  }
  early->status = status;
  ++early->provisional;
}

/// D18: the dialog is no early one any more.
[[gnu::noinline]] static void confirm_dialog(Planted& planted, std::string const& call_id) {
  note_provisional(planted, call_id, 0);
  auto* const early = planted.early[call_id];
  planted.dangling.insert(early);
  std::free(early);
}

/// D19.
[[gnu::noinline]] static void find_path(Planted& planted, std::string const& answer) {
  char const* path = ::strstr(answer.c_str(), "a=path:") + 7;
  planted.path.clear();
  while (*path != '\0' && *path != '\r') planted.path += *path++;
}

/// D20.
[[gnu::noinline]] static void copy_attribute(Planted& planted, std::string_view line) {
  char attribute[256];
  std::memcpy(attribute, line.data(), line.size());
  planted.attribute.assign(attribute, line.size());
}

static unsigned media_ports[8];

/// D21.
[[gnu::noinline]] static void list_media(Planted& planted, std::string_view line, std::size_t which) {
  auto const space = line.find(' ');
  media_ports[which] = static_cast<unsigned>(std::strtoul(std::string(line.substr(space + 1)).c_str(), nullptr, 10));
  for (auto const port : media_ports) planted.ports += port;
}

/// D22.
[[gnu::noinline]] static void count_chunks(Planted& planted, std::string const& size) {
  constexpr unsigned long longest = 1 << 20;
  planted.chunks = static_cast<unsigned>(longest / std::strtoul(size.c_str(), nullptr, 10));
}

// Places.

void take_invite_response(Planted& planted, sip::Message const& response) {
  constexpr int trying = 100, ok = 200;
  if (!response.value(Name::cseq).value_or("").ends_with("INVITE")) return;
  auto const contact = response.value(Name::contact);
  std::string const call_id(response.value(Name::call_id).value_or(""));
  auto const status = response.status();
  if (contact && status == ok && planted.has(Defect::D17_contact_uri_overflow)) keep_remote_target(planted, *contact);
  if (!planted.has(Defect::D18_late_provisional_use_after_free)) return;
  bool const is_confirmed = planted.early.contains(call_id) && planted.dangling.contains(planted.early[call_id]);
  if (status > trying && status < ok) note_provisional(planted, call_id, status);
  if (status == ok && !is_confirmed) confirm_dialog(planted, call_id);
}

void read_description(Planted& planted, std::string_view answer) {
  if (answer.empty()) return;
  if (planted.has(Defect::D19_sdp_path_null)) find_path(planted, std::string(answer));
  constexpr std::string_view max_size = "a=max-size:";
  std::size_t media = 0;
  for (auto const line : split(answer, '\n')) {
    if (line.starts_with("a=") && planted.has(Defect::D20_sdp_attribute_overflow)) copy_attribute(planted, line);
    if (line.starts_with("m=") && planted.has(Defect::D21_sdp_media_overflow)) list_media(planted, line, media++);
    if (line.starts_with(max_size) && planted.has(Defect::D22_sdp_max_size_divide))
      count_chunks(planted, std::string(line.substr(max_size.size())));
  }
}

}  // namespace tollgate::refserver::defects
