// Values of AVPs by the dictionary's names, with the octet of what is wrong.
//
//   Grouped = *AVP, each padded to a multiple of 4     RFC 6733 4.4
#include "codec/diameter/avp_reader.hpp"

#include "codec/diameter/dictionary.hpp"

namespace tollgate::diameter {

AvpReader::AvpReader(Message const& message, std::optional<ParseError>& error) : AvpReader(message.avps, message_header_size, error) {}

bool AvpReader::is_like(Avp const& a, Avp const& b) {
  return a.is(b.code, (b.flags & flag_vendor) != 0 ? b.vendor : 0);
}

void AvpReader::note(ParseError error) {
  if (!*error_) *error_ = error;
}

void AvpReader::refuse(std::string_view name, std::string_view clause, std::string_view detail) {
  if (*error_) return;
  auto const* const wrong = find(name);
  std::size_t offset = offset_;
  for (auto const& avp : avps_) {
    if (&avp == wrong) {
      offset += size_of_header(avp);
      break;
    }
    offset += size_of(avp);
  }
  note({What::invalid, offset, name, clause, detail});
}

std::vector<Avp> AvpReader::members(Avp const& grouped, std::size_t offset_of_data) {
  auto members = parse_avps(grouped.data);
  if (members) return std::move(*members);
  auto error = members.error();
  error.offset += offset_of_data;
  note(error);
  return {};
}

Avp const* AvpReader::find(std::string_view name) const {
  return diameter::find(avps_, name);
}

std::optional<std::uint32_t> AvpReader::unsigned32(std::string_view name) {
  auto const* const avp = find(name);
  if (avp == nullptr) return std::nullopt;
  if (auto const value = diameter::unsigned32(*avp)) return *value;
  refuse(name, "RFC 6733 4.2", "the data is not 4 octets");
  return std::nullopt;
}

std::optional<std::uint64_t> AvpReader::unsigned64(std::string_view name) {
  auto const* const avp = find(name);
  if (avp == nullptr) return std::nullopt;
  if (auto const value = diameter::unsigned64(*avp)) return *value;
  refuse(name, "RFC 6733 4.2", "the data is not 8 octets");
  return std::nullopt;
}

std::string_view AvpReader::text(std::string_view name) const {
  auto const* const avp = find(name);
  return avp == nullptr ? std::string_view{} : std::string_view(avp->data);
}

std::uint32_t AvpReader::required_unsigned32(std::string_view name, std::string_view clause) {
  auto const value = unsigned32(name);
  if (!value && !has(name)) refuse(name, clause, "is missing");
  return value.value_or(0);
}

std::string_view AvpReader::required_text(std::string_view name, std::string_view clause) {
  if (!has(name)) refuse(name, clause, "is missing");
  return text(name);
}

}  // namespace tollgate::diameter
