#pragma once
/// What the dictionary says of each AVP and command.
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

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
  std::vector<EnumValue> values;                                   ///< Enumerated
  std::uint64_t most = std::numeric_limits<std::uint64_t>::max();  ///< a number above this is no sensible one
  std::vector<Occurrence> members;                                 ///< Grouped, when the standard lists them
};

struct CommandRule {
  std::string name;          ///< "Credit-Control-Request"
  std::string abbreviation;  ///< "CCR"
  std::uint32_t code = 0;
  std::uint32_t application = 0;
  bool request = false;
  bool proxiable = false;  ///< PXY: the P flag is set
  bool error = false;      ///< ERR: the grammar of every answer with the E flag (RFC 6733 7.2)
  std::string clause;
  std::vector<Occurrence> avps;
};

}  // namespace tollgate::diameter
