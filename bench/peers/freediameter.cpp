#include "bench/peers/freediameter.hpp"

#include <cstdlib>
#include <cstring>
#include <freeDiameter/freeDiameter-host.h>
#include <freeDiameter/libfdproto.h>
#include <map>
#include <string>

#include "codec/diameter/dictionary.hpp"

namespace tollgate::bench {
namespace {

using diameter::Dictionary;
using diameter::Type;

/// Our dictionary in libfdproto's objects.
class Translation {
 public:
  bool make() {
    fd_g_debug_lvl = FD_LOG_FATAL;
    if (fd_libproto_init() != 0 || fd_dict_init(&target_) != 0) return false;
    return vendors() && applications() && avps() && groups() && commands();
  }
  [[nodiscard]] dictionary* target() const { return target_; }

 private:
  static dict_avp_basetype base(Type type) {
    switch (type) {
      case Type::grouped: return AVP_TYPE_GROUPED;
      case Type::integer32:
      case Type::enumerated: return AVP_TYPE_INTEGER32;
      case Type::integer64: return AVP_TYPE_INTEGER64;
      case Type::unsigned32: return AVP_TYPE_UNSIGNED32;
      case Type::unsigned64: return AVP_TYPE_UNSIGNED64;
      default: return AVP_TYPE_OCTETSTRING;
    }
  }

  bool add(dict_object_type type, void* data, dict_object* parent, dict_object** object) {
    return fd_dict_new(target_, type, data, parent, object) == 0;
  }

  bool vendors() {
    dict_vendor_data vendor{.vendor_id = 10415, .vendor_name = const_cast<char*>("3GPP")};
    return add(DICT_VENDOR, &vendor, nullptr, nullptr);
  }

  bool applications() {
    dict_application_data application{.application_id = 4, .application_name = const_cast<char*>("Credit-Control")};
    return add(DICT_APPLICATION, &application, nullptr, &credit_control_);
  }

  /// A type of its own for each Enumerated AVP, so that its values are checked.
  bool values(diameter::AvpRule const& rule, dict_object*& type) {
    std::string const name = "Enumerated(" + rule.name + ")";
    dict_type_data data{.type_base = AVP_TYPE_INTEGER32, .type_name = const_cast<char*>(name.c_str())};
    if (!add(DICT_TYPE, &data, nullptr, &type)) return false;
    for (auto const& value : rule.values) {
      dict_enumval_data constant{.enum_name = const_cast<char*>(value.name.c_str())};
      constant.enum_value.i32 = static_cast<std::int32_t>(value.value);
      if (!add(DICT_ENUMVAL, &constant, type, nullptr)) return false;
    }
    return true;
  }

  bool avps() {
    for (auto const& rule : source_.avps()) {
      dict_object* type = nullptr;
      if (rule.type == Type::enumerated && !values(rule, type)) return false;
      std::uint8_t const vendor = rule.vendor != 0 ? AVP_FLAG_VENDOR : 0;
      std::uint8_t const mandatory = rule.mandatory == diameter::FlagRule::must ? AVP_FLAG_MANDATORY : 0;
      bool const is_fixed = rule.mandatory != diameter::FlagRule::may;
      dict_avp_data data{.avp_code = rule.code,
                         .avp_vendor = rule.vendor,
                         .avp_name = const_cast<char*>(rule.name.c_str()),
                         .avp_flag_mask = static_cast<std::uint8_t>(AVP_FLAG_VENDOR | (is_fixed ? AVP_FLAG_MANDATORY : 0)),
                         .avp_flag_val = static_cast<std::uint8_t>(vendor | mandatory),
                         .avp_basetype = base(rule.type)};
      if (!add(DICT_AVP, &data, type, &avps_[rule.name])) return false;
    }
    return true;
  }

  /// "AVP" stands for any other AVP: libfdproto lets all others pass anyway.
  bool rules(std::vector<diameter::Occurrence> const& members, dict_object* parent) {
    unsigned order = 0;
    for (auto const& member : members) {
      if (member.avp == "AVP") continue;
      auto const position = member.fixed ? RULE_FIXED_HEAD : member.least > 0 ? RULE_REQUIRED : RULE_OPTIONAL;
      dict_rule_data rule{.rule_avp = avps_[member.avp],
                          .rule_position = position,
                          .rule_order = member.fixed ? ++order : 0,
                          .rule_min = static_cast<int>(member.least),
                          .rule_max = member.most == UINT32_MAX ? -1 : static_cast<int>(member.most)};
      if (!add(DICT_RULE, &rule, parent, nullptr)) return false;
    }
    return true;
  }

  bool groups() {
    for (auto const& rule : source_.avps())
      if (!rules(rule.members, avps_[rule.name])) return false;
    return true;
  }

  bool commands() {
    for (auto const& rule : source_.commands()) {
      if (rule.error) continue;  // libfdproto has it built in
      dict_cmd_data data{
          .cmd_code = rule.code,
          .cmd_name = const_cast<char*>(rule.name.c_str()),
          .cmd_flag_mask = CMD_FLAG_REQUEST | CMD_FLAG_PROXIABLE,
          .cmd_flag_val = static_cast<std::uint8_t>((rule.request ? CMD_FLAG_REQUEST : 0) | (rule.proxiable ? CMD_FLAG_PROXIABLE : 0))};
      dict_object* command = nullptr;
      auto* const application = rule.application == 4 ? credit_control_ : nullptr;
      if (!add(DICT_COMMAND, &data, application, &command) || !rules(rule.avps, command)) return false;
    }
    return true;
  }

  Dictionary const& source_ = Dictionary::standard();
  dictionary* target_ = nullptr;
  dict_object* credit_control_ = nullptr;
  std::map<std::string, dict_object*, std::less<>> avps_;
};

Translation& translation() {
  static Translation made;
  return made;
}

/// The library takes a buffer of malloc and frees it with the message.
msg* parsed(std::string_view octets) {
  auto* buffer = static_cast<std::uint8_t*>(std::malloc(octets.size()));
  if (buffer == nullptr) return nullptr;
  std::memcpy(buffer, octets.data(), octets.size());
  msg* message = nullptr;
  if (fd_msg_parse_buffer(&buffer, octets.size(), &message) == 0) return message;
  std::free(buffer);
  return nullptr;
}

}  // namespace

bool freediameter_ready() {
  static bool const ready = translation().make();
  return ready;
}

bool freediameter_parse(std::string_view octets) {
  auto* const message = parsed(octets);
  if (message == nullptr) return false;
  return fd_msg_free(message) == 0;
}

bool freediameter_parse_with_rules(std::string_view octets) {
  auto* const message = parsed(octets);
  if (message == nullptr) return false;
  fd_pei error{};
  bool const is_good =
      fd_msg_parse_dict(message, translation().target(), &error) == 0 && fd_msg_parse_rules(message, translation().target(), &error) == 0;
  return fd_msg_free(message) == 0 && is_good;
}

}  // namespace tollgate::bench
