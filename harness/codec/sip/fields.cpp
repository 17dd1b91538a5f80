#include "codec/sip/fields.hpp"

#include "codec/sip/message.hpp"

namespace tollgate::sip {

std::size_t Fields::size() const {
  if (index_ != nullptr) return index_->field_count();
  return message_ != nullptr ? message_->fields().size() : found_.size();
}

FieldView Fields::operator[](std::size_t nth) const {
  if (index_ != nullptr) return index_->field(nth);
  if (message_ == nullptr) return found_[nth];
  auto const& field = message_->fields()[nth];
  return {field.name, field.spelling, field.value, field.raw};
}

std::optional<std::string_view> Fields::value(Name name, std::size_t nth) const {
  if (index_ != nullptr) return index_->value(name, nth);
  auto at = first(name);
  for (; nth > 0 && at < size(); --nth) at = next(at);
  return at < size() ? std::optional((*this)[at].value) : std::nullopt;
}

std::size_t Fields::find(Name name, std::size_t from) const {
  while (from < size() && (*this)[from].name != name) ++from;
  return from;
}

}  // namespace tollgate::sip
