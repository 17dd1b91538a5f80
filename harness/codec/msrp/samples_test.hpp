#pragma once
/// Good MSRP messages that several tests read.
#include <array>
#include <string>
#include <string_view>

namespace tollgate::msrp {

inline constexpr std::string_view send =
    "MSRP a786hjs2 SEND\r\n"
    "To-Path: msrp://im.example.com:2855/s111271;tcp\r\n"
    "From-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\n"
    "Message-ID: 87652491\r\n"
    "Byte-Range: 1-5/5\r\n"
    "Content-Type: text/plain\r\n"
    "\r\n"
    "Hello\r\n"
    "-------a786hjs2$\r\n";

inline constexpr std::string_view bodiless =
    "MSRP e1mpty01 SEND\r\n"
    "To-Path: msrp://im.example.com:2855/s111271;tcp\r\n"
    "From-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\n"
    "Message-ID: keep0001\r\n"
    "-------e1mpty01$\r\n";

inline constexpr std::string_view report =
    "MSRP r3p0rt01 REPORT\r\n"
    "To-Path: msrp://im.example.com:2855/s111271;tcp\r\n"
    "From-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\n"
    "Message-ID: 87652491\r\n"
    "Byte-Range: 1-5/5\r\n"
    "Status: 000 200 OK\r\n"
    "-------r3p0rt01$\r\n";

inline constexpr std::string_view ok =
    "MSRP d93kswow 200 OK\r\n"
    "To-Path: msrp://192.0.2.10:7654/jshA7weztas;tcp\r\n"
    "From-Path: msrp://im.example.com:2855/s111271;tcp\r\n"
    "-------d93kswow$\r\n";

/// A SEND of `transaction_id` with this body.
inline std::string send_of(std::string_view body, std::string_view transaction_id = "a786hjs2", char flag = '$') {
  std::string out = "MSRP ";
  out.append(transaction_id).append(" SEND\r\nTo-Path: msrp://a.example:1/s;tcp\r\n");
  out.append("From-Path: msrp://b.example:2/t;tcp\r\nMessage-ID: 87652491\r\nContent-Type: text/plain\r\n\r\n");
  return out.append(body).append("\r\n-------").append(transaction_id).append(1, flag).append("\r\n");
}

/// Bodies that a careless end-line search cuts short, of a message with transaction id a786hjs2.
inline constexpr std::array<std::string_view, 13> hard_bodies = {
    "",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "-",
    "-------a786hjs2",
    "-------a786hjs2\r\n-------a786hjs2",
    "-------a786hjs2X\r\n-------a786hjs2%",
    "text -------a786hjs2$\r\n",
    "x\n-------a786hjs2$\r\ny",
    "x\r\n-------a786hjs2$ \r\n-------a786hjs2+\n",
    "x\r\n-------a786hjs3$\r\n-------a786hjs$\r\n-------a786hjs2+$\r\n------a786hjs2$\r\n--------a786hjs2$",
    std::string_view("\0M\xff\r\n\r\n--\0\r\n-------", 19)};

}  // namespace tollgate::msrp
