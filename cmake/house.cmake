# One library per folder of the house, and the flags that all of them share.

add_library(funpass_flags INTERFACE)
target_compile_options(funpass_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wswitch-enum -Werror
  # A constructor's parameter may have its member's name; clang's -Wshadow lets it, g++'s has a level for that.
  $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>
  # A designated initializer that leaves members out means their defaults.
  -Wno-missing-field-initializers)
if(FUNPASS_SANITIZE OR FUNPASS_FUZZ)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(funpass_flags INTERFACE ${sanitizers})
  target_link_options(funpass_flags INTERFACE ${sanitizers})
  # Instrumented, g++ 12 sees uninitialized memory in its own <regex>.
  target_compile_options(funpass_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(FUNPASS_FUZZ)
  target_compile_options(funpass_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_include_directories(funpass_flags INTERFACE "${PROJECT_SOURCE_DIR}")

# funpass_library(NAME LIBRARY...): the library funpass_NAME of this folder's sources. A folder that has only headers, or
# nothing yet, is an INTERFACE library, so whoever stands to the right of it can link it all the same.
function(funpass_library name)
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(sources)
    add_library(funpass_${name} STATIC ${sources})
    target_link_libraries(funpass_${name} PUBLIC ${ARGN} PRIVATE funpass_flags)
    target_include_directories(funpass_${name} PUBLIC "${PROJECT_SOURCE_DIR}")
  else()
    add_library(funpass_${name} INTERFACE)
    target_link_libraries(funpass_${name} INTERFACE ${ARGN})
    target_include_directories(funpass_${name} INTERFACE "${PROJECT_SOURCE_DIR}")
  endif()
endfunction()
