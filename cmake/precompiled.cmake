# A sanitized file's compile is half reading headers. The tests' build reads the common ones once for each folder; a
# release does without, so that every file still has to name what it uses, and for clang's tools, which cannot read GCC's.
set(tertius_precompiled_std <algorithm> <array> <charconv> <chrono> <cstdint> <functional> <map> <memory> <optional> <set>
    <span> <string> <string_view> <utility> <variant> <vector>)
set(tertius_precompiled_json <boost/json.hpp>)
set(tertius_precompiled_asio <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp>
    <boost/asio/ip/tcp.hpp> <boost/asio/post.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>)
set(tertius_precompiled_cli <CLI/App.hpp> <CLI/Config.hpp> <CLI/Formatter.hpp> <iostream>)
set(tertius_precompiled_gtest <gtest/gtest.h>)

# tertius_precompile(TARGET std json asio cli gtest): of the lists above.
function(tertius_precompile target)
  if(NOT TERTIUS_SANITIZE)
    return()
  endif()
  foreach(list IN LISTS ARGN)
    target_precompile_headers(${target} PRIVATE ${tertius_precompiled_${list}})
  endforeach()
endfunction()
