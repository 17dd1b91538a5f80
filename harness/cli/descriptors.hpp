#pragma once
/// How many files and sockets this process may have open.

namespace tollgate::cli {

/// Takes as many as it may, up to 65536: each user of a run has some sockets, and thousands are under way at a time. What it starts
/// may have as many.
void takes_descriptors();

}  // namespace tollgate::cli
