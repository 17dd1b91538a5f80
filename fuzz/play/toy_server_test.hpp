#pragma once
/// A server in Perl, for tests that launch one: `perl -e toy_server {charging}`.

namespace tollgate::fuzz {

/// Ends where behind the answer to its CER more octets come than that has; else it answers OPTIONS.
inline constexpr char const* toy_server = R"(use strict; use warnings; use IO::Socket::IP;
$SIG{TERM} = sub { exit 0 };
my ($host, $port) = $ARGV[0] =~ /^(.*):(\d+)$/;
my $ce = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port) or die;
syswrite $ce, pack('N N N N N', 1 << 24 | 20, 0x80 << 24 | 257, 0, 7, 9);
sysread $ce, my $answer, 4096;
exit 3 if length $answer > (unpack('N', $answer) & 0xffffff);
my $sip = IO::Socket::IP->new(LocalHost => '127.0.0.1', LocalPort => 0, Proto => 'udp', Type => SOCK_DGRAM) or die;
$| = 1;
print 'READY 127.0.0.1:', $sip->sockport, "\n";
while (defined(my $from = $sip->recv(my $octets, 65536))) {
  my $head = join '', $octets =~ /^((?:Via|From|Call-ID|CSeq): .*\r\n)/mg;
  $sip->send("SIP/2.0 200 OK\r\n${head}To: <sip:a\@h>;tag=t\r\nContent-Length: 0\r\n\r\n", 0, $from);
}
)";

}  // namespace tollgate::fuzz
