// service DATE [THREADS]: reads one partner document per line, and writes one line of JSON for each, in the same order.
// An invalid line gives its problems on standard error, and the next lines are still processed.
#include <condition_variable>
#include <cstdlib>
#include <designation/designation.hpp>
#include <iostream>
#include <mutex>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace dsg = designation;

namespace {

// All threads share one service. The rules are const, so no lock guards them; one mutex guards the input, another the
// output.
class Service {
 public:
    Service(dsg::Day as_of, const dsg::Rules& rules) : as_of_(as_of), rules_(rules) {}

    // Process lines until the input ends. Each thread holds one batch, which limits the memory.
    void run() {
        Batch batch;
        while (read(batch)) {
            assess(batch);
            write(batch);
        }
    }

    bool all_valid() const { return all_valid_; }

 private:
    struct Batch {
        std::size_t position = 0;    // its place in the input
        std::size_t first_line = 0;  // from 1
        std::vector<std::string> lines;
        std::string results;
        std::string problems;
    };

    // Read a line, and those that have already arrived: one that comes alone is answered at once, and when many come,
    // the locks cost little.
    bool read(Batch& batch) {
        const std::scoped_lock lock(input_);
        batch = {.position = batches_read_, .first_line = lines_read_ + 1, .lines = {}, .results = {}, .problems = {}};
        std::string line;
        do {
            if (!std::getline(std::cin, line)) break;
            batch.lines.push_back(line);
        } while (batch.lines.size() < 64 && std::cin.rdbuf()->in_avail() > 0);
        lines_read_ += batch.lines.size();
        if (!batch.lines.empty()) ++batches_read_;
        return !batch.lines.empty();
    }

    void assess(Batch& batch) const {
        for (std::size_t i = 0; i < batch.lines.size(); ++i) {
            if (batch.lines[i].empty()) continue;
            const std::string name = "line " + std::to_string(batch.first_line + i);
            const dsg::Parsed<dsg::Partner> parsed = dsg::try_parse_partner(batch.lines[i], {.file = name});
            if (const auto* partner = std::get_if<dsg::Partner>(&parsed)) {
                batch.results += to_json(dsg::assess(*partner, as_of_, rules_), *partner, rules_) + '\n';
            } else {
                for (const dsg::Diagnostic& problem : std::get<dsg::Diagnostics>(parsed)) {
                    batch.problems += to_string(problem) + '\n';
                }
            }
        }
    }

    // Wait until all earlier batches are written.
    void write(const Batch& batch) {
        std::unique_lock lock(output_);
        turn_.wait(lock, [&] { return batch.position == batches_written_; });
        std::cout << batch.results << std::flush;
        std::cerr << batch.problems;
        all_valid_ = all_valid_ && batch.problems.empty();
        ++batches_written_;
        turn_.notify_all();
    }

    const dsg::Day as_of_;
    const dsg::Rules& rules_;
    std::mutex input_;
    std::size_t batches_read_ = 0;
    std::size_t lines_read_ = 0;
    std::mutex output_;
    std::condition_variable turn_;
    std::size_t batches_written_ = 0;
    bool all_valid_ = true;
};

}  // namespace

int main(int count, char** arguments) {
    const auto day = count == 2 || count == 3 ? dsg::parse_iso(arguments[1]) : std::nullopt;
    if (!day) {
        std::cerr << "usage: service YYYY-MM-DD [THREADS] < partners.ndjson > assessments.ndjson 2> problems\n";
        return 2;
    }
    const std::size_t asked =
        count == 3 ? std::strtoul(arguments[2], nullptr, 10) : std::thread::hardware_concurrency();
    std::ios::sync_with_stdio(false);
    std::vector<char> buffer(std::size_t{1} << 20U);
    std::cin.rdbuf()->pubsetbuf(buffer.data(), static_cast<std::streamsize>(buffer.size()));

    Service service(dsg::Day{*day}, dsg::builtin_rules());  // the rules are built once, and used for every document
    std::vector<std::thread> others;
    while (others.size() + 1 < asked) others.emplace_back([&] { service.run(); });
    service.run();
    for (std::thread& other : others) other.join();
    if (!std::cout) return 2;
    return service.all_valid() ? 0 : 1;
}
