#pragma once
/// Ctrl-C and its kin: SIGINT, SIGTERM and SIGHUP end a run early, with its reports, where they would end the process.

namespace tollgate {

/// From now on those signals are only noted; SIGPIPE is ignored, so that a reader who has gone does not end a run.
void note_interruptions();
/// One of them has come.
[[nodiscard]] bool was_interrupted();

}  // namespace tollgate
