#pragma once
/// What a run says as a whole, made once more of its cases and their traces.
#include <boost/json/object.hpp>

#include "reports/bundle/archive.hpp"
#include "reports/bundle/judge.hpp"
#include "runner/declaration.hpp"
#include "runner/result.hpp"

namespace tollgate::reports {

/// Counts, exit code, reading, fitting bundles, order and the table of clauses follow from the cases, whichever version has written
/// them. No file that a run leaves is missing. Of the judge's version, `results.json` has the same octets, and page, JUnit and ladders are
/// those that it draws; of another the verdicts and counts of page and JUnit are compared, and it is noted that the rest is not. `run` is what the files have been read as.
void check_whole(Files const& files, boost::json::object const& results, Run run, Declaration const& declared, Judge const& judge,
                 Remarks& remarks);

/// As it would have been, had the run that was killed come to its end: the same files with results, page, JUnit and ladders of what
/// it has. Files of a case that it had not recorded are left out.
void complete(Files& files, Run run);

}  // namespace tollgate::reports
