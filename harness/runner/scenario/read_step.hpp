#pragma once
/// Reads the steps of one flow in order, and knows what has been received, sent and named so far.
#include <map>
#include <set>
#include <string>

#include "runner/scenario/element.hpp"

namespace tollgate {

class StepReader {
 public:
  /// `alone`: the scenario has the Diameter connection for itself.
  explicit StepReader(bool alone) : alone_(alone) {}

  [[nodiscard]] step::Any read(Element const& element);
  /// Some step so far can fail.
  [[nodiscard]] bool expects() const { return expects_; }

 private:
  static constexpr std::size_t octets_max = std::size_t{4} << 20;  ///< memory has an end

  [[nodiscard]] std::optional<step::Any> action(Element const& e);
  [[nodiscard]] std::optional<step::Any> expectation(Element const& e);
  /// A message that a later step may name.
  struct Named {
    std::string by;
    bool received = false;
    bool is_answered = false;  ///< with a final answer
    std::string message;
    int answered_at = 0;  ///< line of its final answer
  };
  [[nodiscard]] std::string client(Element const& e, char const* attribute);
  [[nodiscard]] std::string hearer(Element const& e) const;
  [[nodiscard]] std::string hearers(Element const& e) const;
  [[nodiscard]] std::string label(Element const& e, std::string const& by, char const* attribute = "message") const;
  [[nodiscard]] std::string defined(Element const& e, char const* attribute) const;
  /// Refuses an attribute that only these messages can have.
  static void only_on(Element const& e, char const* attribute, std::string const& message, std::initializer_list<std::string_view> those);
  void check_answered(Element const& e, step::Answer const& answer, Named& request);
  void name(Element const& e, std::string const& as, Named what);
  [[nodiscard]] Amendment changes(Element const& e) const;
  void check_names_in(Element const& e, std::string_view text) const;
  /// The field exists and, where the message is known, is one of its protocol; else the attribute ("" for the element) is refused.
  void check_field(Element const& e, char const* attribute, std::string_view field, Named const* message = nullptr) const;
  /// The message of that name; null for none.
  [[nodiscard]] Named const* named(std::string const& name) const;

  step::Deposit deposit(Element const& e);
  step::Given given(Element const& e);
  void name_reached(Element const& e, PushState state, std::string const& role);
  step::Send send(Element const& e);
  step::Send server_request(Element const& e);
  step::Expect expect(Element const& e);
  step::Unordered unordered(Element const& e);
  step::Silence silence(Element const& e);
  step::Answer answer(Element const& e);
  step::Repeat repeat(Element const& e);
  step::Check check(Element const& e);
  void check_scope(Element const& e, step::Check const& check) const;
  void check_conditions(Element const& e, step::Check const& check) const;
  [[nodiscard]] step::Distinct distinct(Element const& e) const;
  [[nodiscard]] step::Copies copies(Element const& e) const;
  step::Count count(Element const& e);
  step::Sum sum(Element const& e);
  step::Client client_step(Element const& e);
  step::Scripts scripts(Element const& e);
  step::Close close(Element const& e);
  [[nodiscard]] Segments segments(Element const& e) const;
  [[nodiscard]] std::string counted_label(Element const& e, std::string const& by, char const* attribute) const;

  std::map<std::string, Named> names_;
  std::set<std::string, std::less<>> deposits_;  ///< named ones
  std::set<std::string> sessions_;  ///< clients that have told the SUT where their MSRP session is
  std::set<std::string> roles_;  ///< clients that have taken part so far
  std::set<std::string> cancelled_;  ///< clients that answer a CANCEL as the scenario says
  bool alone_;
  bool expects_ = false;
};

}  // namespace tollgate
