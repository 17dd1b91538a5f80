#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>

#include "base/text.hpp"
#include "fields/avps.hpp"
#include "fields/fields.hpp"
#include "fields/parts.hpp"
#include "fields/words.hpp"

namespace tollgate::fields {

namespace {

struct Prefix {
  std::string_view text;
  Protocol protocol;
};
constexpr std::array prefixes{Prefix{"sip.", Protocol::sip}, Prefix{"sdp.", Protocol::sdp}, Prefix{"msrp.", Protocol::msrp},
                              Prefix{"cpim.", Protocol::cpim}, Prefix{"diameter.", Protocol::diameter}};

/// Names that hold a dot and are no field with a part.
bool is_whole(Protocol protocol, std::string_view name) {
  if (protocol == Protocol::msrp) return msrp_word(name) != MsrpWord::none;
  return protocol == Protocol::diameter && header_word(name) != HeaderWord::none;
}

std::expected<Path, std::string> avp_path(Path path, std::string_view rest) {
  auto const steps = split(rest, '/');
  for (auto const step : steps)
    if (!named_avp(step)) return std::unexpected(fmt::format("the dictionary knows no AVP '{}'", step));
  for (auto const parent : std::span(steps).first(steps.size() - 1)) path.parents.emplace_back(parent);
  path.name = steps.back();
  return path;
}

}  // namespace

std::expected<Path, std::string> parse_path(std::string_view text) {
  auto const prefix = std::ranges::find_if(prefixes, [&](auto const& p) { return text.starts_with(p.text); });
  if (prefix == prefixes.end())
    return std::unexpected(fmt::format("'{}' is no field; fields begin with sip. sdp. msrp. cpim. or diameter.", text));
  Path path{.protocol = prefix->protocol, .name = {}, .part = {}, .parents = {}};
  auto const rest = text.substr(prefix->text.size());
  if (rest.empty()) return std::unexpected(fmt::format("'{}' lacks the name of a field", text));
  if (is_whole(path.protocol, rest)) {
    path.name = rest;
    return path;
  }
  if (path.protocol == Protocol::diameter) return avp_path(std::move(path), rest);
  bool const is_one_name = path.protocol == Protocol::cpim;  // which may hold dots: imdn.Message-ID
  auto const dot = is_one_name ? std::string_view::npos : rest.find('.');
  path.name = rest.substr(0, dot);
  if (dot != std::string_view::npos) path.part = rest.substr(dot + 1);
  if (auto const known = check_name(path); !known) return std::unexpected(known.error());
  return path;
}

std::expected<void, std::string> check_edit(Edit const& edit) {
  if (!edit.path.part.empty())
    return std::unexpected(fmt::format("'{}' is a part of a field; change {} as a whole", edit.path.part, edit.path.name));
  if (edit.path.protocol == Protocol::cpim) return std::unexpected(fmt::format("cpim.{} can be read only", edit.path.name));
  if (edit.path.protocol == Protocol::diameter && edit.how != How::remove) return check_avp_value(edit.path, edit.value);
  return {};
}

}  // namespace tollgate::fields
