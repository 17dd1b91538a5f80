#pragma once
/// Comma lists: header = "header-name" HCOLON header-value *( COMMA header-value ) (RFC 3261 7.3.1).
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

namespace tollgate::sip {

/// The elements of a list, cut at commas outside quotes and angle brackets, without white space around them. An empty
/// element stays one: "a,,b" has three, "" has one. Where a quote does not end, the rest is the last element.
class List {
 public:
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = std::string_view;

    Iterator() = default;
    explicit Iterator(std::string_view text) : rest_(text), is_end_(false) { ++*this; }

    [[nodiscard]] std::string_view operator*() const { return element_; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const { return is_end_; }

   private:
    std::string_view rest_;
    std::string_view element_;
    bool has_rest_ = true;
    bool is_end_ = true;
  };

  explicit List(std::string_view text) : text_(text) {}
  [[nodiscard]] Iterator begin() const { return Iterator(text_); }
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  std::string_view text_;
};

/// The elements of a List as a vector.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text);

}  // namespace tollgate::sip
