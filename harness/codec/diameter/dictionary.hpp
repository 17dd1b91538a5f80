#pragma once
/// The Diameter dictionary: AVPs and command grammars, read from `dictionary.dia`, a text that reads like the RFC.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/diameter/message.hpp"

namespace tollgate::diameter {

enum class Type : std::uint8_t {
  octet_string,
  integer32,
  integer64,
  unsigned32,
  unsigned64,
  grouped,
  address,
  time,
  utf8_string,
  diameter_identity,
  diameter_uri,
  enumerated,
};
enum class FlagRule : std::uint8_t { must, may, must_not };

struct EnumValue {
  std::string name;
  std::uint32_t value = 0;
};

/// How often an AVP may stand in a command or group: "1", "0-1", "0+", "1+". The name "AVP" stands for any other AVP.
struct Occurrence {
  std::string avp;
  std::uint32_t least = 0;
  std::uint32_t most = 0;  ///< UINT32_MAX for no bound
  bool fixed = false;      ///< `< X >`: only in this place
};

struct AvpRule {
  std::string name;
  std::uint32_t code = 0;
  std::uint32_t vendor = 0;
  Type type = Type::octet_string;
  FlagRule mandatory = FlagRule::may;
  std::string clause;
  std::vector<EnumValue> values;    ///< Enumerated
  std::vector<Occurrence> members;  ///< Grouped, when the standard lists them
};

struct CommandRule {
  std::string name;          ///< "Credit-Control-Request"
  std::string abbreviation;  ///< "CCR"
  std::uint32_t code = 0;
  std::uint32_t application = 0;
  bool request = false;
  bool proxiable = false;  ///< PXY: the P flag is set
  std::string clause;
  std::vector<Occurrence> avps;
};

class Dictionary {
 public:
  /// Errors carry the offset in `text`; the caller turns it into a line.
  [[nodiscard]] static Parsed<Dictionary> parse(std::string_view text);
  /// The dictionary of the program, parsed once from `dictionary.dia`, which is compiled in.
  [[nodiscard]] static Dictionary const& standard();

  [[nodiscard]] AvpRule const* avp(std::uint32_t code, std::uint32_t vendor = 0) const;
  [[nodiscard]] AvpRule const* avp(std::string_view name) const;
  [[nodiscard]] CommandRule const* command(std::uint32_t code, bool request) const;
  [[nodiscard]] std::vector<AvpRule> const& avps() const { return avps_; }
  [[nodiscard]] std::vector<CommandRule> const& commands() const { return commands_; }

 private:
  std::vector<AvpRule> avps_;
  std::vector<CommandRule> commands_;
  std::vector<std::uint32_t> by_code_;  ///< indices of `avps_`, in order of vendor and code
  std::vector<std::uint32_t> by_name_;  ///< indices of `avps_`, in order of name
};

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
