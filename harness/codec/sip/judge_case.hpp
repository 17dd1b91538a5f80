#pragma once
/// The message under judgement, as far as it could be read, and what was found. The parts of `judge` share it.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/judgement.hpp"
#include "codec/sip/fields.hpp"
#include "codec/sip/judge.hpp"
#include "codec/sip/layout.hpp"

namespace tollgate::sip {

/// In which order a UAS comes upon a reason to refuse (RFC 3261 8.2): the first one gives the answer.
enum class Stage : std::uint8_t { version, syntax, method, header, scheme, extension, body, accept, forwarding };

/// What follows from a deviation.
struct Effect {
  Outcome outcome = Outcome::accept;
  Stage stage = Stage::syntax;
  std::uint32_t status = 0;  ///< 0 where it is no reason to answer anything but a success
};
inline constexpr Effect none{};
inline constexpr Effect bad_syntax{Outcome::reject, Stage::syntax, 400};
inline constexpr Effect bad_header{Outcome::reject, Stage::header, 400};
inline constexpr Effect doubtful{Outcome::either, Stage::header, 400};

class Case {
 public:
  Case(std::string_view octets, Framing framing) : octets(octets), framing(framing) {}

  std::string_view octets;
  Framing framing;
  std::optional<StartLine> start;  ///< nothing when it could not be read
  bool is_request = true;          ///< what it looks like where it could not be read
  std::vector<FieldView> found;
  std::optional<std::string_view> body;  ///< all that follows the blank line; nothing without one

  [[nodiscard]] Fields fields() const { return Fields(found); }
  [[nodiscard]] bool is(std::string_view method) const { return start && start->method == method; }
  /// Whether the topmost Via bears the magic cookie; without it a message is one of RFC 2543 (RFC 3261 8.1.1.7).
  [[nodiscard]] bool has_cookie() const;

  /// Where something is missing: the end of the header section, empty.
  [[nodiscard]] std::string_view end_of_header() const;

  /// `where` is a piece of the octets, empty where something is missing.
  void add(std::string_view where, std::string_view rule, std::string_view clause, Strength strength, Effect effect, std::string detail);
  /// A deviation from the grammar in `text`, a piece of the octets. `of` is what it stands in: "To".
  void add(std::string_view text, ParseError const& error, std::string_view of, Effect effect = bad_syntax);

  [[nodiscard]] Judgement judgement() const;

 private:
  struct Finding {
    Diagnostic diagnostic;
    Effect effect;
  };
  std::vector<Finding> findings_;  ///< as they were found
};

// The parts of `judge`.
void judge_start_line(Case& it, std::string_view line);
void judge_field(Case& it, FieldView const& field);
/// What a message of its kind must have, and may have once.
void judge_presence(Case& it);
/// What a method or a status asks for or forbids.
void judge_procedure(Case& it);
/// What fields say of each other, of the start line and of the body.
void judge_agreement(Case& it);
/// The type of the body, and the session description that it is.
void judge_body(Case& it);
/// What a UAS that reads the message without fault still has to refuse.
void judge_request(Case& it);

}  // namespace tollgate::sip
