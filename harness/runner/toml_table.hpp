#pragma once
/// A table of a TOML file whose every key is known: asked for each key that it may have, then it complains of the rest.
/// Everything here throws FileRefused, with file:line:column. `toml_table.cpp` is the only file that knows toml++.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runner/file_error.hpp"

namespace tollgate {

class TomlTable {
 public:
  /// The root of a file.
  [[nodiscard]] static TomlTable parse(std::string const& file, std::string_view text);

  /// The text with "***" for the value of every key `password`, and for every value of a table `env`, in whatever form they are
  /// written. `text` is the file that was parsed.
  [[nodiscard]] std::string without_secrets(std::string_view text) const;

  /// False for a table that the file does not have: every key of it is absent.
  [[nodiscard]] bool present() const;
  [[nodiscard]] bool has_keys() const;

  // A key's value, nothing when it is absent; refused when it is of another type.
  [[nodiscard]] std::optional<std::string> text(char const* key, char const* form = "a string");
  [[nodiscard]] std::optional<std::int64_t> number(char const* key);
  [[nodiscard]] std::optional<bool> truth(char const* key);
  [[nodiscard]] std::optional<std::vector<std::string>> texts(char const* key);
  [[nodiscard]] std::optional<std::map<std::string, std::string>> text_map(char const* key);
  /// A date, 2027-01-31, quoted or not; as text.
  [[nodiscard]] std::optional<std::string> date(char const* key);
  [[nodiscard]] TomlTable table(char const* key);
  /// Every [[key]] of the file.
  [[nodiscard]] std::vector<TomlTable> tables(char const* key);

  /// At the key's value, or at the table where the key is absent.
  [[noreturn]] void refuse(char const* key, std::string what) const;
  /// At the table.
  [[noreturn]] void refuse(std::string what) const;
  /// "sut.name": the key with the table's name.
  [[nodiscard]] std::string full(std::string_view key) const;
  /// file:line:column of the table.
  [[nodiscard]] std::string where() const;
  /// Refuses every key that was not asked for.
  void done() const;

 private:
  struct Of;
  explicit TomlTable(std::shared_ptr<Of> of);
  std::shared_ptr<Of> of_;
};

}  // namespace tollgate
