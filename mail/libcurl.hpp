#pragma once
// Starts libcurl, once for the process, before any thread uses it: its own start is not safe from two at a
// time. Sets SIGPIPE to ignored, because OpenSSL writes with plain write(2). Throws where libcurl does not
// start.

namespace tertius::mail {

void start_libcurl();

}  // namespace tertius::mail
