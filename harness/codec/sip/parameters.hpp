#pragma once
/// Parameters behind a header value or in a URI: *( SEMI name [ EQUAL value ] ) (RFC 3261 25.1 generic-param).
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "base/parsed.hpp"

namespace tollgate::sip {

struct Parameter {
  std::string_view name;
  std::optional<std::string_view> value;  ///< quoted strings keep their quotes
};

/// Where parameters stand, which decides what they may hold.
enum class ParametersOf : std::uint8_t {
  header,  ///< generic-param: token [ EQUAL ( token / host / quoted-string ) ], white space around ; and =
  uri,     ///< uri-parameter: 1*paramchar [ "=" 1*paramchar ]
};

/// A list of parameters that was read and found good. It never allocates: where the first few stand is kept, those
/// behind them are read anew by whoever goes that far.
class Parameters {
 public:
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Parameter;

    Iterator() = default;
    explicit Iterator(Parameters const& all) : all_(&all), at_(all.rest_at_) { read(); }

    [[nodiscard]] Parameter const& operator*() const { return parameter_; }
    [[nodiscard]] Parameter const* operator->() const { return &parameter_; }
    Iterator& operator++() {
      ++nth_;
      read();
      return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const { return is_end_; }

   private:
    void read() {
      bool const is_kept = nth_ < all_->kept_;
      is_end_ = !is_kept && at_ >= all_->text_.size();
      if (is_kept)
        parameter_ = all_->kept(nth_);
      else if (!is_end_)
        read_on();
    }
    /// Reads the parameter at `at_`, behind those kept.
    void read_on();

    Parameters const* all_ = nullptr;
    std::size_t nth_ = 0;
    std::size_t at_ = 0;
    Parameter parameter_;
    bool is_end_ = true;
  };

  Parameters() = default;
  [[nodiscard]] Iterator begin() const { return Iterator(*this); }
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }
  [[nodiscard]] bool empty() const { return begin() == end(); }
  [[nodiscard]] std::size_t size() const;
  /// As written, from the first ";" or the white space before it.
  [[nodiscard]] std::string_view text() const { return text_; }

  /// The value of the parameter of that name (case-insensitive); "" for a flag such as `lr`; nothing if absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name).has_value(); }

 private:
  friend Parsed<Parameters> parse_parameters(std::string_view text, ParametersOf of);

  /// Offsets and sizes in `text_`.
  struct Slot {
    std::uint16_t name_at, name_size;
    std::uint16_t value_at, value_size;  ///< `value_at` is 0 without a value
  };
  static constexpr std::size_t slots_max = 6;

  [[nodiscard]] Parameter kept(std::size_t nth) const {
    auto const& slot = slots_[nth];
    Parameter parameter{text_.substr(slot.name_at, slot.name_size), std::nullopt};
    if (slot.value_at != 0) parameter.value = text_.substr(slot.value_at, slot.value_size);
    return parameter;
  }
  /// Fills a list that is empty.
  [[nodiscard]] Parsed<void> read(std::string_view text, ParametersOf of);
  /// Keeps one more, as long as there is room. `next` is where the text goes on behind it.
  void keep(Parameter const& parameter, std::size_t next);

  std::string_view text_;
  ParametersOf of_ = ParametersOf::header;
  std::uint8_t kept_ = 0;
  std::uint16_t rest_at_ = 0;  ///< where those that are not kept begin
  std::array<Slot, slots_max> slots_{};
};

/// `text` starts at a ";" (after optional white space) or is empty. A quoted value may hold any character; no name
/// stands twice (RFC 3261 7.3.1, 19.1.1).
[[nodiscard]] Parsed<Parameters> parse_parameters(std::string_view text, ParametersOf of = ParametersOf::header);

/// What stands between the quotes of a quoted-string, its escapes as written; any other text as it is.
[[nodiscard]] std::string_view unquoted(std::string_view value);

}  // namespace tollgate::sip
