#pragma once
/// Values of AVPs by the dictionary's names. The first thing that is wrong is kept with its octet in the message; the
/// reading goes on, so that a view reads like a list of its fields and asks once, at the end, whether all went well.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

class AvpReader {
 public:
  /// Reads the top level of `message`; both arguments outlive the reader.
  AvpReader(Message const& message, std::optional<ParseError>& error);

  [[nodiscard]] Avp const* find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

  // Absent AVPs give nothing.
  [[nodiscard]] std::optional<std::uint32_t> unsigned32(std::string_view name);
  [[nodiscard]] std::optional<std::uint64_t> unsigned64(std::string_view name);
  [[nodiscard]] std::string_view text(std::string_view name) const;

  // Absent AVPs are wrong by `clause`.
  [[nodiscard]] std::uint32_t required_unsigned32(std::string_view name, std::string_view clause);
  [[nodiscard]] std::string_view required_text(std::string_view name, std::string_view clause);

  /// Calls `visit(AvpReader&)` for each Grouped AVP of that name.
  template <class Visit>
  void each(std::string_view name, Visit visit) {
    auto const* const first = find(name);
    if (first == nullptr) return;
    std::size_t offset = offset_;
    for (auto const& avp : avps_) {
      if (is_like(avp, *first)) {
        auto const inside = members(avp, offset + size_of_header(avp));
        AvpReader reader(inside, offset + size_of_header(avp), *error_);
        visit(reader);
      }
      offset += size_of(avp);
    }
  }

  /// Notes that the AVP of that name is wrong, at its data, or absent, at the end. `name` and the texts are literals.
  void refuse(std::string_view name, std::string_view clause, std::string_view detail);

 private:
  AvpReader(std::span<Avp const> avps, std::size_t offset, std::optional<ParseError>& error)
      : avps_(avps), offset_(offset), error_(&error) {}

  [[nodiscard]] static bool is_like(Avp const& a, Avp const& b);
  [[nodiscard]] std::vector<Avp> members(Avp const& grouped, std::size_t offset_of_data);
  void note(ParseError error);

  std::span<Avp const> avps_;
  std::size_t offset_;  ///< of the first AVP in the message
  std::optional<ParseError>* error_;
};

}  // namespace tollgate::diameter
