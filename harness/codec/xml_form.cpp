#include "codec/xml_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>
#include <set>
#include <utility>

#include "base/text.hpp"
#include "codec/utf8.hpp"

namespace tollgate {

namespace {

constexpr std::string_view blanks = " \t\r\n";

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::optional<IllFormed> all() {
    if (auto const bad = first_not_utf8(text_); bad != text_.size()) return IllFormed{bad, "not UTF-8"};
    if (text_.starts_with("\xef\xbb\xbf")) at_ = 3;
    all_characters();
    if (is_declaration()) declaration();
    while (at_ < text_.size() && !found_) step();
    return found_;
  }

 private:
  void step() {
    if (next("<!--")) return comment();
    if (next("<![CDATA[")) return skip("]]>");
    if (is_declaration()) return bad(at_, "an XML declaration stands at the start");
    if (next("<?")) return skip("?>");
    if (next("<!")) return bad(at_, "a DOCTYPE has no place here");
    if (next("</")) return --depth_, skip(">");
    if (next("<")) return tag();
    characters();
  }
  [[nodiscard]] bool next(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  void bad(std::size_t offset, std::string what) {
    if (!found_) found_ = IllFormed{offset, std::move(what)};
  }
  void skip(std::string_view end) {
    auto const to = text_.find(end, at_);
    at_ = to == std::string_view::npos ? text_.size() : to + end.size();
  }
  /// XML 1.0 2.2, wherever they stand; U+FFFE and U+FFFF are EF BF BE and EF BF BF.
  void all_characters() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      auto const octet = static_cast<unsigned char>(text_[i]);
      if (octet < 0x20 && !blanks.contains(text_[i])) return bad(i, fmt::format("XML has no character {}", octet));
      auto const three = text_.substr(i, 3);
      if (three == "\xef\xbf\xbe" || three == "\xef\xbf\xbf") return bad(i, "XML has no character U+FFFE or U+FFFF");
    }
  }
  /// The target "xml", in any case, is no other's (XML 1.0 2.6).
  [[nodiscard]] bool is_declaration() const {
    if (!next("<?")) return false;
    auto const target = text_.substr(at_ + 2, 4);
    return target.size() == 4 && iequals(target.substr(0, 3), "xml") && (blanks.contains(target[3]) || target[3] == '?');
  }
  /// XMLDecl = "<?xml" version [encoding] [standalone] "?>" (XML 1.0 2.8).
  void declaration() {
    auto const end = std::min(text_.find("?>", at_), text_.size());
    auto left = text_.substr(at_, end - at_).substr(5);
    auto const pseudo_attribute = [&left](std::string_view name) -> std::optional<std::string_view> {
      auto rest = left.substr(std::min(left.find_first_not_of(blanks), left.size()));
      if (rest.size() == left.size() || !rest.starts_with(name)) return std::nullopt;
      rest = rest.substr(name.size());
      rest = rest.substr(std::min(rest.find_first_not_of(blanks), rest.size()));
      if (!rest.starts_with('=')) return std::nullopt;
      rest = rest.substr(std::min(rest.find_first_not_of(blanks, 1), rest.size()));
      auto const close = rest.empty() || (rest[0] != '"' && rest[0] != '\'') ? std::string_view::npos : rest.find(rest[0], 1);
      if (close == std::string_view::npos) return std::nullopt;
      left = rest.substr(close + 1);
      return rest.substr(1, close - 1);
    };
    auto const version = pseudo_attribute("version");
    bool const is_version = version && version->starts_with("1.") && version->size() > 2 &&
                            version->substr(2).find_first_not_of("0123456789") == std::string_view::npos;
    auto const encoding = pseudo_attribute("encoding");
    auto const standalone = pseudo_attribute("standalone");
    bool const is_all = left.find_first_not_of(blanks) == std::string_view::npos;
    bool const is_written_so = next("<?xml") && is_all && (!encoding || !encoding->empty());
    if (!is_version || !is_written_so || (standalone && *standalone != "yes" && *standalone != "no"))
      return bad(at_, "an XML declaration has a version, and may have an encoding and standalone behind it");
    at_ = std::min(end + 2, text_.size());
  }
  void comment() {
    auto const dashes = text_.find("--", at_ + 4);
    if (dashes != std::string_view::npos && text_.substr(dashes, 3) != "-->") bad(dashes, "\"--\" inside a comment");
    skip("-->");
  }
  void tag() {
    if (depth_ == 0 && std::exchange(had_root_, true)) return bad(at_, "a second root element");
    at_ = std::min(text_.find_first_of(" \t\r\n/>", at_), text_.size());
    std::set<std::string_view> names;
    for (;;) {
      auto const from = at_;
      at_ = std::min(text_.find_first_not_of(blanks, at_), text_.size());
      if (at_ == text_.size() || found_) return;
      if (text_[at_] == '>') return ++depth_, void(++at_);
      if (next("/>")) return void(at_ += 2);
      if (from == at_) return bad(at_, "attributes stand apart by white space");
      attribute(names);
    }
  }
  void attribute(std::set<std::string_view>& names) {
    auto const equals = std::min(text_.find('=', at_), text_.size());
    auto name = text_.substr(at_, equals - at_);
    name = name.substr(0, name.find_first_of(blanks));
    if (!names.insert(name).second) return bad(at_, fmt::format("the attribute '{}' stands twice", name));
    auto const open = std::min(text_.find_first_of("\"'", equals), text_.size());
    auto const close = open == text_.size() ? open : std::min(text_.find(text_[open], open + 1), text_.size());
    for (auto i = open; i < close; ++i)
      if (text_[i] == '<') return bad(i, "\"<\" in a value is written &lt;");
    check(open, close);
    at_ = std::min(close + 1, text_.size());
  }
  void characters() {
    auto const end = std::min(text_.find('<', at_), text_.size());
    auto const close = text_.substr(at_, end - at_).find("]]>");  // not beyond: texts are many
    if (close != std::string_view::npos) return bad(at_ + close, "\"]]>\" in a text is written ]]&gt;");
    auto const loose = text_.find_first_not_of(blanks, at_);
    if (depth_ == 0 && loose < end) return bad(loose, "text beside the root element");
    check(at_, end);
    at_ = end;
  }
  /// Entities and characters of a piece of text.
  void check(std::size_t from, std::size_t to) {
    for (auto i = from; i < to && !found_; ++i) {
      if (text_[i] == '&' && !is_entity(text_.substr(i, to - i))) bad(i, "\"&\" begins no entity that XML knows; it is written &amp;");
    }
  }
  [[nodiscard]] static bool is_entity(std::string_view text) {
    constexpr std::array known{"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    if (std::ranges::any_of(known, [&](std::string_view one) { return text.starts_with(one); })) return true;
    auto const end = text.find(';');
    if (!text.starts_with("&#") || end == std::string_view::npos) return false;
    bool const hex = text.substr(2).starts_with('x');
    auto const digits = text.substr(hex ? 3 : 2, end - (hex ? 3 : 2));
    std::uint32_t code = 0;
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
    bool const is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    bool const is_control = code < 0x20 && code != '\t' && code != '\n' && code != '\r';  // XML 1.0 2.2
    return is_number && !is_control && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF && code <= 0x10FFFF;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool had_root_ = false;
  std::optional<IllFormed> found_;
};

}  // namespace

std::optional<IllFormed> ill_formed(std::string_view text) {
  return Scan(text).all();
}

}  // namespace tollgate
