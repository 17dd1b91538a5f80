#include "codec/sip/fields.hpp"

#include "codec/sip/index.hpp"
#include "codec/sip/message.hpp"

namespace tollgate::sip {

std::size_t Fields::size() const {
  return index_ != nullptr ? index_->field_count() : message_->fields().size();
}

FieldView Fields::operator[](std::size_t nth) const {
  if (index_ != nullptr) return index_->field(nth);
  auto const& field = message_->fields()[nth];
  return {field.name, field.spelling, field.value, field.raw};
}

std::optional<std::string_view> Fields::value(Name name, std::size_t nth) const {
  return index_ != nullptr ? index_->value(name, nth) : message_->value(name, nth);
}

}  // namespace tollgate::sip
