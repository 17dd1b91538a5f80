#include "refserver/journal.hpp"

#include <fmt/format.h>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "base/text.hpp"

namespace tollgate::refserver {

// A record is the number of its fields and each field as a netstring: "2\n4:keep,5:hello,\n".

static std::optional<std::size_t> take_number(std::string_view& text, char end) {
  auto const at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  auto const number = to_number<std::size_t>(text.substr(0, at));
  text.remove_prefix(at + 1);
  return number;
}

static std::optional<std::string> take_field(std::string_view& text) {
  auto const size = take_number(text, ':');
  if (!size || text.size() <= *size || text[*size] != ',') return std::nullopt;
  std::string field(text.substr(0, *size));
  text.remove_prefix(*size + 1);
  return field;
}

static std::optional<Record> take_record(std::string_view& text) {
  auto const count = take_number(text, '\n');
  if (!count) return std::nullopt;
  Record record;
  for (std::size_t i = 0; i < *count; ++i) {
    auto field = take_field(text);
    if (!field) return std::nullopt;
    record.push_back(*std::move(field));
  }
  if (!text.starts_with('\n')) return std::nullopt;
  text.remove_prefix(1);
  return record;
}

std::vector<Record> read_journal(std::string const& path) {
  std::ifstream in(path, std::ios::binary);
  std::string const text(std::istreambuf_iterator<char>(in), {});
  std::vector<Record> records;
  for (std::string_view rest = text; auto record = take_record(rest);)
    records.push_back(std::move(*record));  // NOLINT(bugprone-use-after-move): a new one in each round
  return records;
}

Journal::Journal(std::string const& path) : out_(path, std::ios::binary | std::ios::trunc) {
  if (!out_) throw std::runtime_error(fmt::format("{} cannot be written", path));
}

void Journal::append(Record const& record) {
  out_ << record.size() << '\n';
  for (auto const& field : record) out_ << field.size() << ':' << field << ',';
  out_ << '\n' << std::flush;
}

}  // namespace tollgate::refserver
