#pragma once
/// The Diameter dictionary: AVPs and command grammars, read from `dictionary.dia`, a text that reads like the RFC.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/diameter/grammar.hpp"
#include "codec/diameter/message.hpp"
#include "codec/diameter/rules.hpp"

namespace tollgate::diameter {

class Dictionary {
 public:
  /// Errors carry the offset in `text`; the caller turns it into a line.
  [[nodiscard]] static Parsed<Dictionary> parse(std::string_view text);
  /// The dictionary of the program, parsed once from `dictionary.dia`, which is compiled in.
  [[nodiscard]] static Dictionary const& standard();

  [[nodiscard]] AvpRule const* avp(std::uint32_t code, std::uint32_t vendor = 0) const;
  [[nodiscard]] AvpRule const* avp(std::string_view name) const;
  [[nodiscard]] CommandRule const* command(std::uint32_t code, bool request) const;
  /// The grammar of answers with the E flag; null when the dictionary has none.
  [[nodiscard]] CommandRule const* error_answer() const;
  [[nodiscard]] bool knows_application(std::uint32_t application) const;

  // Rules of this dictionary only.
  [[nodiscard]] std::size_t index(AvpRule const& rule) const { return static_cast<std::size_t>(&rule - avps_.data()); }
  /// Of a Grouped AVP; null when the standard does not list its members.
  [[nodiscard]] Grammar const* grammar(AvpRule const& rule) const;
  [[nodiscard]] Grammar const& grammar(CommandRule const& rule) const;

  [[nodiscard]] std::vector<AvpRule> const& avps() const { return avps_; }
  [[nodiscard]] std::vector<CommandRule> const& commands() const { return commands_; }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  void build_tables();
  [[nodiscard]] std::size_t first_place(std::uint32_t code, std::uint32_t vendor) const;

  struct Place {
    std::uint32_t code = 0;
    std::uint32_t vendor = 0;
    std::uint32_t index = none;  ///< of `avps_`
  };

  std::vector<AvpRule> avps_;
  std::vector<CommandRule> commands_;
  std::vector<Place> by_code_ = std::vector<Place>(1);  ///< a hash table of 2^n places, with free ones
  std::vector<std::uint32_t> by_name_;                  ///< indices of `avps_`, in order of name
  std::vector<Grammar> avp_grammars_;                   ///< in the order of `avps_`
  std::vector<Grammar> command_grammars_;               ///< in the order of `commands_`
};

/// Fibonacci hashing spreads the runs of neighbouring codes that vendors assign. Inline, as judging goes through it for
/// every AVP.
inline std::size_t Dictionary::first_place(std::uint32_t code, std::uint32_t vendor) const {
  auto const key = std::uint64_t{vendor} << 32U | code;
  return static_cast<std::size_t>((key ^ key >> 29U) * 0x9E3779B97F4A7C15 >> 40U) & (by_code_.size() - 1);
}

inline AvpRule const* Dictionary::avp(std::uint32_t code, std::uint32_t vendor) const {
  for (auto place = first_place(code, vendor);; place = (place + 1) & (by_code_.size() - 1)) {
    auto const& found = by_code_[place];
    if (found.index == none) return nullptr;
    if (found.code == code && found.vendor == vendor) return &avps_[found.index];
  }
}

/// An AVP by the dictionary's name, with its code, vendor and flags. Asserts that the name is known.
[[nodiscard]] Avp make(std::string_view name, Octets data);
[[nodiscard]] Avp make(std::string_view name, std::uint32_t value);
[[nodiscard]] Avp make_unsigned64(std::string_view name, std::uint64_t value);
[[nodiscard]] Avp make_grouped(std::string_view name, std::vector<Avp> const& members);

/// The first AVP of that name among `avps`; null if absent. Asserts that the name is known.
[[nodiscard]] Avp const* find(std::vector<Avp> const& avps, std::string_view name);
[[nodiscard]] Avp const* find(std::span<Avp const> avps, std::string_view name);

/// "Credit-Control-Request" as "CCR", an unknown command as "command 999 request".
[[nodiscard]] std::string command_name(Header const& header);

}  // namespace tollgate::diameter
