#include "lang/program.hpp"

namespace funpass {

Program copy(Copy& copy, const Program& program) {
  Program copied = program;
  for (std::vector<Handle> Program::*list :
       {&Program::terms, &Program::types, &Program::resultTypes, &Program::records}) {
    for (Handle& node : copied.*list) node = copy(node);
  }
  for (Check& check : copied.checks) {
    for (Handle& term : check.terms) term = copy(term);
  }
  copied.initial = funpass::copy(copy, program.initial);
  return copied;
}

}  // namespace funpass
