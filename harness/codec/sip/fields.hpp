#pragma once
/// The header fields of a Message or of an Index, whichever the caller has: what every typed view reads. It owns
/// nothing; what it was made from must outlive it and what it gives.
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/parsed.hpp"
#include "codec/sip/index.hpp"
#include "codec/sip/layout.hpp"
#include "codec/sip/list.hpp"

namespace tollgate::sip {

class Message;

class Fields {
 public:
  Fields(Message const& message) : message_(&message) {}
  Fields(Index const& index) : index_(&index) {}
  /// Fields of a message that can be neither held nor indexed, as far as they were found.
  explicit Fields(std::span<FieldView const> found) : found_(found) {}

  [[nodiscard]] std::size_t size() const;
  /// The `nth` field in message order, counted from 0.
  [[nodiscard]] FieldView operator[](std::size_t nth) const;
  /// Value of the `nth` field with that name, counted from 0 in message order.
  [[nodiscard]] std::optional<std::string_view> value(Name name, std::size_t nth = 0) const;
  /// Where the first field of that name stands; size() where none does.
  [[nodiscard]] std::size_t first(Name name) const { return index_ != nullptr ? index_->first(name) : find(name, 0); }
  /// Where the next field of the same name stands behind the `nth`; size() where none does.
  [[nodiscard]] std::size_t next(std::size_t nth) const { return index_ != nullptr ? index_->next(nth) : find((*this)[nth].name, nth + 1); }

 private:
  [[nodiscard]] std::size_t find(Name name, std::size_t from) const;

  Message const* message_ = nullptr;
  Index const* index_ = nullptr;
  std::span<FieldView const> found_;
};

/// What `parse` reads from the first field of that name; `clause` is the one that asks for the field.
template <class T>
[[nodiscard]] Parsed<T> one(Fields fields, Name name, std::string_view clause, Parsed<T> (*parse)(std::string_view)) {
  auto const value = fields.value(name);
  if (!value) return invalid(0, canonical(name), clause, "missing");
  return parse(*value);
}

/// Gives `take` what `parse` reads from each element of the comma lists of every field of that name, in order
/// (RFC 3261 7.3.1). The offset of an error is that in its field's value.
template <class T, class Take>
[[nodiscard]] Parsed<void> each(Fields fields, Name name, Parsed<T> (*parse)(std::string_view), Take take) {
  for (auto at = fields.first(name); at < fields.size(); at = fields.next(at)) {
    auto const value = fields[at].value;
    for (auto const element : List(value)) {
      auto const read = parse(element);
      if (!read) return shifted(read.error(), static_cast<std::size_t>(element.data() - value.data()));
      take(*read);
    }
  }
  return {};
}

/// The same as a vector.
template <class T>
[[nodiscard]] Parsed<std::vector<T>> every(Fields fields, Name name, Parsed<T> (*parse)(std::string_view)) {
  std::vector<T> all;
  auto const read = each(fields, name, parse, [&](T const& one) { all.push_back(one); });
  if (!read) return std::unexpected(read.error());
  return all;
}

}  // namespace tollgate::sip
