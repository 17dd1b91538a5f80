/// Judges a message/cpim header by header.
///   Header      = Header-name ":" *( ";" Parameter ) SP Header-value CRLF
///   Header-name = [ Name-prefix "." ] Name   (RFC 3862 3.6)
/// A header that a receiver does not know it ignores, unless Require names it (RFC 3862 3.4, 4.7).
#include "codec/cpim/judge.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "codec/cpim/headers.hpp"
#include "codec/cpim/judge_content.hpp"
#include "codec/cpim/placed.hpp"
#include "codec/deviations.hpp"
#include "codec/utf8.hpp"

namespace tollgate::cpim {

namespace {

constexpr std::string_view grammar = "RFC 3862 3.6";
constexpr std::array<std::string_view, 7> core_names = {"From", "To", "cc", "DateTime", "Subject", "NS", "Require"};
constexpr std::array<std::string_view, 5> imdn_names = {"Message-ID", "Disposition-Notification", "Original-To", "IMDN-Record-Route",
                                                        "IMDN-Route"};

template <class Names>
bool contains(Names const& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

class Judge {
 public:
  explicit Judge(Deviations& found) : found_(found) {}

  std::size_t message_headers(Message const& message) {
    std::size_t offset = 0;
    for (auto const& header : message.headers) {
      Placed const placed{header, offset};
      if (has_form(placed)) value(placed);
      offset += header.raw.size();
    }
    judge_line_end(message.headers_end, offset, found_);
    asks_for_notification(message, offset);
    return offset + message.headers_end.size();
  }

 private:
  void note(std::size_t offset, std::size_t size, std::string_view rule, std::string_view detail, Outcome outcome) {
    found_.note({offset, size, rule, grammar, Strength::must, std::string(detail)}, outcome);
  }
  template <class T>
  void note(Parsed<T> const& view, Placed const& placed, Outcome outcome) {
    if (view) return;
    auto const rest = placed.header.value.size() - std::min(view.error().offset, placed.header.value.size());
    found_.note(shifted(view.error(), placed.value_at()).error(), outcome, std::nullopt, rest);
  }

  bool has_form(Placed const& placed) {
    auto const& [header, offset] = placed;
    judge_line_end(header.raw, offset, found_);
    auto const dot = header.name.find('.');
    std::string_view const all = header.name;
    auto const name = dot == std::string_view::npos ? all : all.substr(dot + 1);
    auto const prefix = dot == std::string_view::npos ? std::string_view() : all.substr(0, dot);
    if (!is_name(name) || (dot != std::string_view::npos && !is_name(prefix))) {
      note(offset, all.size(), "Header-name", "not a name", Outcome::reject);
      return false;
    }
    if (std::string_view(header.raw).substr(0, placed.value_at() - offset).back() != ' ')
      note(placed.value_at(), 0, "Header", "no space before the value", Outcome::either);
    auto const control = static_cast<std::size_t>(std::ranges::find_if(header.value, is_control) - header.value.begin());
    auto const bad = std::min(control, first_not_utf8(header.value));
    if (bad != header.value.size()) {
      note(placed.value_at() + bad, 1, "HEADERCHAR", "control character or not UTF-8", Outcome::reject);
      return false;
    }
    parameters(placed);
    escapes(placed);
    return true;
  }

  void parameters(Placed const& placed) {
    auto const [begin, text] = placed.parameters();
    auto const read = parse_parameters(text);
    if (read) return;
    found_.note(shifted(read.error(), begin).error(), Outcome::either, std::nullopt,
                text.size() - std::min(read.error().offset, text.size()));
  }

  /// HEADERCHAR takes a backslash as it takes any character, so that what is no Escape is no error.
  void escapes(Placed const& placed) {
    auto const& value = placed.header.value;
    auto const bad = first_no_escape(value);
    if (bad == value.size()) return;
    found_.note({placed.value_at() + bad, std::min<std::size_t>(2, value.size() - bad), "Escape", grammar, Strength::should,
                 "a backslash that begins no Escape"},
                Outcome::accept);
  }

  void value(Placed const& placed) {
    auto const& header = placed.header;
    std::string_view const text = header.value;
    if (header.name == "From" || header.name == "To" || header.name == "cc") {
      note(parse_address(text), placed, Outcome::reject);
    } else if (header.name == "DateTime") {
      note(parse_date_time(text), placed, Outcome::reject);
    } else if (header.name == "NS") {
      auto const bound = parse_namespace(text);
      note(bound, placed, Outcome::reject);
      if (bound) bind(*bound);
    } else if (header.name == "Require") {
      require(placed);
    } else if (auto const dot = header.name.find('.'); dot != std::string::npos) {
      prefixed(placed, header.name.substr(0, dot), header.name.substr(dot + 1));
    }
    once(placed);
  }

  void bind(Namespace const& bound) {
    prefixes_.emplace(bound.prefix);
    if (bound.uri == imdn_namespace) imdn_prefix_ = bound.prefix;
  }

  void prefixed(Placed const& placed, std::string const& prefix, std::string_view name) {
    if (!prefixes_.contains(prefix)) {
      found_.note({placed.offset, prefix.size(), "Name-prefix", "RFC 3862 3.4", Strength::must, "no NS header before it binds this prefix"},
                  Outcome::either);
      return;
    }
    if (prefix != imdn_prefix_) return;
    std::string_view const text = placed.header.value;
    if (name == "Message-ID" && !is_token(text))
      found_.note({placed.value_at(), text.size(), "Message-ID", "RFC 5438 6.3", Strength::must, "not a Token"}, Outcome::either);
    if (name == "Disposition-Notification") note(parse_disposition_notification(text), placed, Outcome::either);
    if (name == "Original-To" || name == "IMDN-Record-Route" || name == "IMDN-Route") note(parse_address(text), placed, Outcome::either);
  }

  void require(Placed const& placed) {
    auto const names = parse_require(placed.header.value);
    note(names, placed, Outcome::reject);
    if (!names) return;
    for (auto const name : *names) {
      auto const dot = name.find('.');
      bool const is_imdn =
          dot != std::string_view::npos && name.substr(0, dot) == imdn_prefix_ && contains(imdn_names, name.substr(dot + 1));
      if (is_imdn || contains(core_names, name)) continue;
      found_.note({placed.value_at(), placed.header.value.size(), "Require", "RFC 3862 4.7", Strength::may,
                   std::string(name).append(" has to be understood, or the message is not processed")},
                  Outcome::either);
    }
  }

  void once(Placed const& placed) {
    auto const& name = placed.header.name;
    bool const may_repeat = name == "To" || name == "cc" || name == "NS" || name == "Require" || name == "Subject";
    bool const is_known = contains(core_names, name) || name == imdn_prefix_ + ".Message-ID";
    if (!is_known || may_repeat || names_.insert(name).second) return;
    found_.note({placed.offset, placed.header.raw.size(), "Header", "RFC 3862 4", Strength::should, "more than once"}, Outcome::either);
  }

  /// Who asks to be notified has to say of which message, and when it was sent.
  void asks_for_notification(Message const& message, std::size_t headers_end) {
    auto const asked = disposition_notification(message);
    if (!asked || asked->empty() || asked->front() == Notification::none) return;
    auto const want = [&](bool has, std::string_view rule, std::string_view clause) {
      if (!has) found_.note({headers_end, 0, rule, clause, Strength::must, "missing"}, Outcome::either);
    };
    want(imdn_message_id(message) || imdn_message_id(message).error().detail != "missing", "Message-ID", "RFC 5438 7.1.1.1");
    want(message.value("DateTime").has_value(), "DateTime", "RFC 5438 7.1.1.2");
  }

  Deviations& found_;
  std::set<std::string, std::less<>> prefixes_ = {};
  std::set<std::string> names_ = {};
  std::string imdn_prefix_ = "\n";  ///< what no header name begins with, until NS binds it
};

}  // namespace

Judgement judge(std::string_view octets) {
  Deviations found;
  auto const message = Message::parse(octets);
  if (!message) {
    found.note(message.error(), Outcome::reject, std::nullopt, line_size(octets, message.error().offset));
    return std::move(found).take();
  }
  Judge judge(found);
  auto const content = judge.message_headers(*message);
  judge_content(*message, content, found);
  return std::move(found).take();
}

}  // namespace tollgate::cpim
