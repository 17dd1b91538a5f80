#pragma once
/// Records in a file, one behind the other: what was written before a restart is read after it.
#include <fstream>
#include <string>
#include <vector>

namespace tollgate::refserver {

/// Fields of any octets.
using Record = std::vector<std::string>;

/// Every record that the file holds, in order. One that was cut off by the end of its writer is not there, and nothing
/// after it; a file that does not exist holds none.
[[nodiscard]] std::vector<Record> read_journal(std::string const& path);

class Journal {
 public:
  /// Begins the file anew. Throws std::runtime_error when it cannot be written.
  explicit Journal(std::string const& path);
  void append(Record const& record);

 private:
  std::ofstream out_;
};

}  // namespace tollgate::refserver
