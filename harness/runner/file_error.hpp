#pragma once
/// What is wrong with a file that a user wrote: a SUT file, a baseline, a scenario.
#include <string>

namespace tollgate {

/// `where` is file:line:column, `what` says what would be right.
struct FileError {
  std::string where;
  std::string what;
  [[nodiscard]] std::string text() const { return where + ": " + what; }
};

/// Thrown while a file is read; whoever reads the whole file turns it into a value.
struct FileRefused {
  FileError error;
};

}  // namespace tollgate
