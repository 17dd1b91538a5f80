#include "fuzz/oracle/problem.hpp"

#include <gmock/gmock.h>

#include "fuzz/oracle/sanitizer_report.hpp"

namespace tollgate::fuzz {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

constexpr std::string_view overflow = R"(READY 127.0.0.1:5060
=================================================================
==4711==ERROR: AddressSanitizer: stack-buffer-overflow on address 0x7f at pc 0x55 bp 0x7f sp 0x7f
WRITE of size 80 at 0x7f thread T0
    #0 0x55d1 in __interceptor_memcpy (/opt/im/imserver+0x1)
    #1 0x55d2 in std::char_traits<char>::copy(char*, char const*, unsigned long) /usr/include/c++/12/bits/char_traits.h:431:33
    #2 0x55d3 in acme::copy_branch(char const*, unsigned long) /src/via.c:12:3
    #3 0x55d4 in (anonymous namespace)::take(acme::Message const&) /src/im.cpp:40:5
    #4 0x55d5 in acme::on_request(acme::Message const&) /src/im.cpp:55:1
    #5 0x55d6 in main /src/main.cpp:9:1

0x7f is located in stack of thread T0
)";

TEST(SanitizerReport, IsNamedByItsKindAndItsOwnFrames) {
  auto const report = sanitizer_report(overflow);
  ASSERT_TRUE(report);
  EXPECT_EQ(report->kind, "stack-buffer-overflow");
  EXPECT_THAT(report->frames, ElementsAre("acme::copy_branch", "(anonymous namespace)::take", "acme::on_request"));
  EXPECT_THAT(report->text, StartsWith("==4711==ERROR"));
}

TEST(SanitizerReport, KnowsItsOwnFramesByTheirWholeName) {
  auto const frames = [](std::string const& function) {
    auto const report =
        sanitizer_report("==1==ERROR: AddressSanitizer: SEGV on unknown address\n    #0 0x1 in " + function + " /src/a.cpp:1:2\n");
    return report ? report->frames : std::vector<std::string>();
  };
  EXPECT_THAT(frames("acme::(anonymous namespace)::take(acme::(anonymous namespace)::Part const&)"),
              ElementsAre("acme::(anonymous namespace)::take"));
  EXPECT_THAT(frames("(anonymous namespace)::Reader::operator()(int) const"), ElementsAre("(anonymous namespace)::Reader::operator()"));
  for (auto const* const own :
       {"free_session", "clone_dialog", "raise_alarm", "memcpy_checked", "abort_message", "mallocator", "strlen_of"})
    EXPECT_THAT(frames(std::string(own) + "(char*)"), ElementsAre(own));
  for (auto const* const foreign : {"free", "operator new(unsigned long)", "std::vector<int>::at(unsigned long) const", "abort"})
    EXPECT_THAT(frames(foreign), testing::IsEmpty()) << foreign;
}

TEST(SanitizerReport, SeesLeaksUndefinedBehaviourAndRecursion) {
  auto const leak = sanitizer_report(
      "==1==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak of 9 byte(s)\n"
      "    #0 0x1 in malloc (/im+0x1)\n    #1 0x2 in keep(char*) /src/a.c:1:2\n");
  ASSERT_TRUE(leak);
  EXPECT_EQ(leak->bucket(), "leak keep");
  auto const undefined = sanitizer_report("/src/a.c:3:4: runtime error: signed integer overflow\n    #0 0x1 in add(int) /src/a.c:3:4\n");
  ASSERT_TRUE(undefined);
  EXPECT_EQ(undefined->bucket(), "crash add");
  auto const uninitialised = sanitizer_report(
      "==1==WARNING: MemorySanitizer: use-of-uninitialized-value\n    #0 0x1 in __msan_x /compiler-rt/m.cpp:1\n    #1 0x2 in reads(int) "
      "/src/a.c:3:4\n");
  ASSERT_TRUE(uninitialised);
  EXPECT_EQ(uninitialised->bucket(), "crash reads");
  auto const race = sanitizer_report(
      "WARNING: ThreadSanitizer: data race (pid=7)\n  Write of size 8 at 0x7b by thread T1:\n"
      "    #0 ns::writes(std::string const&) /src/a.cpp:3:4 (im+0x4f)\n    #1 operator() /src/b.cpp:1:1 (im+0x5)\n");
  ASSERT_TRUE(race);
  EXPECT_EQ(race->kind, "data-race");
  EXPECT_EQ(race->frames.front(), "ns::writes");
  auto const deep = sanitizer_report(
      "==1==ERROR: AddressSanitizer: stack-overflow on address\n    #0 0x1 in walk(int) /a.c:1:1\n"
      "    #1 0x1 in walk(int) /a.c:2:1\n    #2 0x1 in start(int) /a.c:9:1\n");
  ASSERT_TRUE(deep);
  EXPECT_EQ(deep->bucket(), "crash walk < start");
  auto const two = sanitizer_reports(
      "==1==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak of 9 byte(s)\n    #0 0x1 in malloc (/x)\n    #1 0x2 in keep(int) "
      "/src/a.c:1:2\n"
      "\nDirect leak of 7 byte(s)\n    #0 0x1 in malloc (/x)\n    #1 0x2 in lose(int) /src/a.c:3:2\n"
      "\nDirect leak of 5 byte(s)\n    #0 0x1 in malloc (/x)\n    #1 0x2 in keep(int) /src/a.c:1:2\n"
      "\nIndirect leak of 3 byte(s)\n    #0 0x1 in other(int) /src/a.c:9:2\n\nSUMMARY: AddressSanitizer: 24 byte(s)\n");
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two.front().bucket(), "leak keep");
  EXPECT_EQ(two.back().bucket(), "leak lose");
  EXPECT_EQ(sanitizer_report(two.back().text)->bucket(), "leak lose") << "what it says is of this one";
  EXPECT_FALSE(sanitizer_report("READY 127.0.0.1:5060\nall is well\n"));
}

TEST(SanitizerReport, LooksBehindTheSystemsOwnFrames) {
  auto const report = sanitizer_report(
      "==7==ERROR: AddressSanitizer: ABRT on unknown address 0x1 (pc 0x7f bp 0x7f sp 0x7f T0)\n"
      "    #0 0x7f in __pthread_kill_implementation nptl/./nptl/pthread_kill.c:44:76\n"
      "    #1 0x7f in raise signal/../sysdeps/posix/raise.c:26:13\n    #2 0x7f in abort stdlib/./stdlib/abort.c:79:7\n"
      "    #3 0x7f  (/lib/x86_64-linux-gnu/libstdc++.so.6+0x9d918) (BuildId: 289e)\n"
      "    #4 0x7f in __cxa_throw (/lib/x86_64-linux-gnu/libstdc++.so.6+0xa90d7) (BuildId: 289e)\n"
      "    #5 0x55 in acme::length_of(char const*) /src/avp.c:23:33\n    #6 0x55 in acme::read /src/avp.c:50:1\n\n");
  ASSERT_TRUE(report);
  EXPECT_THAT(report->frames, ElementsAre("acme::length_of", "acme::read"));
}

/// As Debian's C library is built: what waits for a lock is not what is wrong.
TEST(SanitizerReport, LooksBehindTheLockThatAServerWaitsFor) {
  auto const report = sanitizer_report(
      "==7==ERROR: AddressSanitizer: ABRT on unknown address 0x1 (pc 0x7f bp 0x7f sp 0x7f T0)\n"
      "    #0 0x7f in futex_wait nptl/../sysdeps/nptl/futex-internal.h:146:13\n"
      "    #1 0x7f in lll_mutex_lock_optimized nptl/./nptl/pthread_mutex_lock.c:48:5\n"
      "    #2 0x55 in lock /usr/include/c++/12/bits/std_mutex.h:100:17\n"
      "    #3 0x55 in acme::lock_debits(acme::Debits&) src/debits.c:41:26\n    #4 0x55 in acme::hang_up /src/debits.c:72:9\n\n");
  ASSERT_TRUE(report);
  EXPECT_THAT(report->frames, ElementsAre("acme::lock_debits", "acme::hang_up"));
}

TEST(Problem, IsHowAServerEnded) {
  EXPECT_TRUE(problems_of_end("exit 0", "READY\n").empty());
  EXPECT_EQ(problems_of_end("signal 11 (Segmentation fault)", "READY\n").at(0).kind, "crash");
  EXPECT_EQ(problems_of_end("no answer to 3 OPTIONS", "READY\n").at(0).kind, "hang");
  auto const crash = problems_of_end("exit 1", std::string(overflow)).at(0);
  EXPECT_EQ(crash.kind, "crash");
  EXPECT_EQ(crash.says, "stack-buffer-overflow in acme::copy_branch");
  EXPECT_THAT(crash.name(), StartsWith("crash-"));
}

CaseResult result_with(Octets sent) {
  CaseResult out;
  out.trace.record({.channel = trace::Channel::msrp, .direction = trace::Direction::sent, .actor = "alice", .octets = std::move(sent)});
  out.findings = {{.rule = "G3", .verdict = Verdict::fail, .reason = "r"}, {.rule = "G6", .verdict = Verdict::fail, .reason = "r"}};
  return out;
}

/// How many problems a flow has of which that rule failed, and of which that is all.
std::size_t problems_of(std::string rule, trace::Event event) {
  CaseResult out;
  out.trace.record(std::move(event));
  out.findings = {{.rule = std::move(rule), .verdict = Verdict::fail, .reason = "r"}};
  return problems_in(out).size();
}

TEST(Problem, NeedsWhatItsRuleReadsToBeReadable) {
  auto const problems = problems_in(result_with("no message of MSRP"));
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems.front().kind, "overcharge");
}

/// A server that has to reject it may store it, and answers with its CSeq: nobody knows what that answers.
TEST(Problem, OfAStoredMessageNeedsWhatIsNotToBeRejected) {
  auto const problems_with = [](std::string const& cseq) {
    return problems_of(
        "G13", {.channel = trace::Channel::sip,
                .direction = trace::Direction::sent,
                .octets = "MESSAGE sip:a@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:b@h>;tag=1\r\nTo: <sip:a@h>\r\n"
                          "Call-ID: c\r\nCSeq: 1 " +
                          cseq + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"});
  };
  EXPECT_EQ(problems_with("MESSAGE"), 1U);
  EXPECT_EQ(problems_with("MESSAGEX"), 0U);
}

/// A copy with another branch is another transaction, of the same Call-ID and CSeq.
TEST(Problem, OfAStoredMessageNeedsThatNoneWasSentAgainWithAChange) {
  auto const problems_with = [](std::string const& told) {
    return problems_of("G13",
                       {.kind = trace::Kind::tampered, .channel = trace::Channel::sip, .direction = trace::Direction::sent, .note = told});
  };
  EXPECT_EQ(problems_with("MESSAGE: sent 2 times [sip 1 repeat 2]"), 1U);
  EXPECT_EQ(problems_with("MESSAGE: 1 ms late [sip 1 late 1]; MESSAGE: then a copy in which [sip 1 again sip.lose_branch_cookie 7]"), 0U);
  EXPECT_EQ(problems_with("200 INVITE: then a copy in which [sip 3 again sip.drop_field 7]"), 1U);
}

/// A server may drop what was broken and take the copy for the answer.
TEST(Problem, NeedsThatNobodyDoubtsWhichOfTwoCopiesCounts) {
  auto const problems_with = [](std::string const& told) {
    return problems_of("G1",
                       {.kind = trace::Kind::tampered, .channel = trace::Channel::ch2, .direction = trace::Direction::sent, .note = told});
  };
  std::string const again = "then a copy in which [ch2 1 again diameter.edge_number 7]";
  EXPECT_EQ(problems_with("2001 CCA: " + again), 1U);
  EXPECT_EQ(problems_with("2001 CCA: [ch2 1 mutate diameter.other_end_to_end 3]; 2001 CCA: " + again), 0U);
}

TEST(Problem, OfTheGrammarIsNamedByItsRule) {
  Finding finding{.rule = "G12", .verdict = Verdict::fail, .reason = "G12", .broken = "port"};
  finding.because = "whatever the sentence says";
  EXPECT_EQ(problem_of(finding, {}).bucket, "G12 port");
  finding.broken.clear();
  finding.because = "#3 200 octets are no EventRequest: the server's own words: it breaks off at octet 7";
  EXPECT_EQ(problem_of(finding, {}).bucket, "G12 G12") << "no word of the sentence names a bucket";
  trace::Trace trace;
  finding.witnesses = {
      trace.record({.channel = trace::Channel::msrp,
                    .octets = "MSRP a SEND\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\n-------a$\r\n"})};
  EXPECT_EQ(problem_of(finding, trace).bucket, "G12 SEND") << "by its step";
}

TEST(Problem, IsNoneWhereAPortWasAnothersBefore) {
  auto const invite = [](std::string const& user) {
    return "INVITE sip:x SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bKa\r\nFrom: <sip:im@ims.example>;tag=a\r\nTo: <sip:" + user +
           "@ims.example>\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n";
  };
  auto const problems_with = [](trace::Channel channel, Octets octets) {
    auto result = result_with("MSRP a 200 OK\r\nTo-Path: msrp://h:1/a;tcp\r\nFrom-Path: msrp://h:2/b;tcp\r\n-------a$\r\n");
    result.trace.record({.channel = channel,
                         .direction = trace::Direction::received,
                         .actor = "alice",
                         .party = "sip:alice@ims.example",
                         .octets = std::move(octets)});
    return problems_in(result).size();
  };
  using enum trace::Channel;
  EXPECT_EQ(problems_with(sip, invite("alice")), 2U);
  EXPECT_EQ(problems_with(sip, invite("bob")), 0U);
  EXPECT_EQ(problems_with(msrp, invite("bob")), 0U) << "an MSRP port that was a SIP port";
  EXPECT_EQ(problems_with(sip, "MSRP a SEND\r\n"), 0U) << "a SIP port that was an MSRP port";
  EXPECT_EQ(problems_with(msrp, "MSRP a SEND\r\n"), 2U);
}

/// Without a sanitizer all that is known of it is what it did not bear.
TEST(Problem, ThatSaysNoPlaceIsToldApartByItsStep) {
  auto const step_with = [](std::string const& cseq) {
    trace::Trace trace;
    trace.record({.kind = trace::Kind::tampered,
                  .channel = trace::Channel::sip,
                  .direction = trace::Direction::sent,
                  .note = "REGISTER: a value is another [sip 1 mutate sip.empty_value 7]"});
    trace.record({.channel = trace::Channel::sip,
                  .direction = trace::Direction::sent,
                  .octets = "REGISTER sip:h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bKa\r\nFrom: <sip:b@h>;tag=1\r\nTo: <sip:b@h>\r\n"
                            "Call-ID: c\r\nCSeq: " +
                            cseq + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"});
    return step_of(trace);
  };
  EXPECT_EQ(step_with("1 REGISTER"), "REGISTER");
  EXPECT_EQ(step_with("one REGISTER"), "REGISTER, CSeq");
  EXPECT_EQ(step_of({}), "");
  Problem const shown{.kind = "crash", .bucket = "exit 3", .says = "the server ended with exit 3", .step = "REGISTER"};
  EXPECT_EQ(says_where(shown, shown), "the server ended with exit 3, behind REGISTER");
  EXPECT_EQ(says_where({.says = says_where(shown, shown)}, shown), "the server ended with exit 3, behind REGISTER") << "once";
  Problem crash{.kind = "crash", .bucket = "signal 11", .says = "", .report = {}};
  EXPECT_TRUE(says_no_place(crash));
  auto const without = crash.name();
  crash.step = "REGISTER, CSeq";
  EXPECT_NE(crash.name(), without);
  EXPECT_EQ(crash.key(), "signal 11 behind REGISTER, CSeq");
  crash.report = "==1==ERROR";
  EXPECT_FALSE(says_no_place(crash));
  EXPECT_TRUE(says_no_place(hang("no answer")));
}

/// What it bought was delivered to whoever had the port that its contact became.
TEST(Problem, IsNoneWhereSomebodyElseMayHaveBeenCalled) {
  auto const problems_with = [](std::string const& told, bool is_called) {
    CaseResult result;
    result.trace.record({.kind = trace::Kind::tampered, .channel = trace::Channel::sip, .direction = trace::Direction::sent, .note = told});
    if (is_called)
      result.trace.record({.channel = trace::Channel::sip,
                           .direction = trace::Direction::received,
                           .octets = "INVITE sip:x SIP/2.0\r\nCall-ID: c\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n\r\n"});
    result.findings = {{.rule = "G3", .verdict = Verdict::fail, .reason = "r"}};
    return problems_in(result).size();
  };
  EXPECT_EQ(problems_with("REGISTER: a bit is the other way [sip 2 mutate raw.flip_bit 7]", false), 0U);
  EXPECT_EQ(problems_with("REGISTER: a bit is the other way [sip 2 mutate raw.flip_bit 7]", true), 1U);
  EXPECT_EQ(problems_with("REGISTER: 5 ms late [sip 2 late 5]", false), 1U);
  EXPECT_EQ(problems_with("MESSAGE: a bit is the other way [sip 1 mutate raw.flip_bit 7]", false), 1U);
}

}  // namespace
}  // namespace tollgate::fuzz
