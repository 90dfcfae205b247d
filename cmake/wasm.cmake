# Boost for em++: its headers through a folder that holds nothing else, since the folder they live in would hide the
# C library of the target; Boost.JSON from its one-file form.
find_path(FUNPASS_BOOST_INCLUDE boost/version.hpp PATHS /usr/include /usr/local/include
  NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED)
set(wasm_include "${PROJECT_BINARY_DIR}/include")
file(MAKE_DIRECTORY "${wasm_include}")
file(CREATE_LINK "${FUNPASS_BOOST_INCLUDE}/boost" "${wasm_include}/boost" SYMBOLIC)

add_library(boost_headers INTERFACE)
target_include_directories(boost_headers SYSTEM INTERFACE "${wasm_include}")
add_library(Boost::headers ALIAS boost_headers)

file(WRITE "${PROJECT_BINARY_DIR}/boost_json.cpp.new" "#include <boost/json/src.hpp>\n")
file(COPY_FILE "${PROJECT_BINARY_DIR}/boost_json.cpp.new" "${PROJECT_BINARY_DIR}/boost_json.cpp" ONLY_IF_DIFFERENT)
add_library(boost_json STATIC "${PROJECT_BINARY_DIR}/boost_json.cpp")
target_link_libraries(boost_json PUBLIC boost_headers)
add_library(Boost::json ALIAS boost_json)

add_compile_options(-fwasm-exceptions)
