#pragma once
/// The elements of a CH-2 document and the AVP that each stands for: the logical elements of 3GPP TS 32.299 table 6.6.2.1, so
/// that both bindings of CH-2 carry the same credit control (RFC 8506).
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tollgate::ch2 {

enum class Content : std::uint8_t { text, number, long_number, word, time, group };

struct Word {
  std::string_view text;
  std::uint32_t value = 0;
};

struct Element {
  std::string_view name;
  std::string_view avp;  ///< of the dictionary; "" where the element stands for none
  Content content = Content::text;
  std::size_t least = 0, most = 1;
  std::span<Word const> words = {};       ///< of Content::word
  std::span<Element const> members = {};  ///< of Content::group, in their order
};

inline constexpr std::size_t any_number = 1000;  ///< bounds a message, not the standard's

/// Of EventRequest and of Response, in the order in which they stand there.
[[nodiscard]] std::span<Element const> elements_of(bool request);
/// What the request asks for, next to the interrogation that it is part of.
inline constexpr std::string_view operation_type = "OperationType";

/// Whether some element stands for the AVP of that name below Grouped AVPs of these, at any depth.
[[nodiscard]] bool has_element(std::span<std::string_view const> parents, std::string_view avp);

}  // namespace tollgate::ch2
