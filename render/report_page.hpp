// The parts of the report's page, made at build time from the files of render/report.
#pragma once

#include <string_view>

namespace funpass::render {

extern const std::string_view kReportHtml;
extern const std::string_view kReportCss;
extern const std::string_view kReportModelJs;
extern const std::string_view kReportViewJs;

}  // namespace funpass::render
