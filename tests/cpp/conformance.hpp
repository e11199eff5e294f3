#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

/// The conformance cases, which Python and the installed package read as well.
namespace conformance {

/// The cases that were written by hand, one in each file.
inline std::vector<nlohmann::json> named() {
    std::vector<nlohmann::json> cases;
    for (const auto& entry : std::filesystem::directory_iterator(DESIGNATION_ROOT "/tests/conformance/named")) {
        std::ifstream file(entry.path());
        cases.push_back(nlohmann::json::parse(file));
    }
    return cases;
}

/// The cases of random histories.
inline std::vector<nlohmann::json> generated() {
    std::ifstream file(DESIGNATION_ROOT "/tests/conformance/generated.json");
    return nlohmann::json::parse(file)["cases"];
}

}  // namespace conformance
