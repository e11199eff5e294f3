#include "designation/portfolio.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "portfolio/export/arrays.hpp"
#include "portfolio/export/columns.hpp"
#include "portfolio/export/stream.hpp"
#include "portfolio/import/layout.hpp"
#include "portfolio/import/row_errors.hpp"
#include "portfolio/import/stream_importer.hpp"
#include "portfolio/import/validate.hpp"
#include "portfolio/rows/assessor.hpp"

namespace designation {

struct PortfolioResult::Data {
    portfolio::Schema schema;
    std::vector<portfolio::Array> chunks;
    std::vector<std::string> unread;
};

std::int64_t PortfolioResult::rows() const noexcept {
    std::int64_t rows = 0;
    for (const portfolio::Array& chunk : data_->chunks) rows += chunk.length;
    return rows;
}

const std::vector<std::string>& PortfolioResult::unread() const noexcept { return data_->unread; }

void PortfolioResult::stream(ArrowArrayStream& out) const {
    portfolio::export_stream(data_, data_->schema, data_->chunks, out);
}

namespace {

using portfolio::Assessor;
using portfolio::AssessorOptions;
using portfolio::RowErrors;

/// Rows of the result in one chunk. It does not depend on the number of threads, so neither does the result.
constexpr std::size_t rows_per_chunk = 32'768;

/// Rows of one batch that one thread assesses.
struct Task {
    std::size_t batch = 0;
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::int64_t row_number = 0;  ///< of the first row, in the table
};

/// Split a batch into tasks of about the same size.
void add_tasks(std::size_t batch, std::int64_t rows, std::size_t days, std::int64_t row_number,
               std::vector<Task>& tasks) {
    const auto most =
        static_cast<std::int64_t>(std::max<std::size_t>(1, rows_per_chunk / std::max<std::size_t>(1, days)));
    const std::int64_t count = (rows + most - 1) / most;
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t first = rows * i / count;
        tasks.push_back({batch, first, rows * (i + 1) / count - first, row_number + first});
    }
}

/// Run the tasks on a number of threads; rethrow what the checkpoint threw, or the exception of the first task that
/// failed.
void run_in_parallel(unsigned threads, std::size_t tasks, const std::function<void(std::size_t)>& run,
                     const Checkpoint& checkpoint) {
    std::atomic<std::size_t> next{0};
    std::vector<std::exception_ptr> failures(tasks + 1);  // the first is that of the checkpoint
    const std::thread::id caller = std::this_thread::get_id();
    const auto run_tasks = [&] {
        for (std::size_t task = next++; task < tasks; task = next++) {
            try {
                if (checkpoint && std::this_thread::get_id() == caller) checkpoint();
            } catch (...) {
                failures.front() = std::current_exception();
                next = tasks;  // no thread begins another task
                return;
            }
            try {
                run(task);
            } catch (...) {
                failures[task + 1] = std::current_exception();
            }
        }
    };
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> others;
    try {
        for (std::size_t i = 1; i < std::min<std::size_t>(threads, tasks); ++i) others.emplace_back(run_tasks);
    } catch (const std::system_error&) {  // NOLINT(bugprone-empty-catch)
        // The threads that could be started do all tasks.
    }
    run_tasks();
    for (std::thread& other : others) other.join();
    for (const std::exception_ptr& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
}

/// Assess the rows that `read` passes to an assessor for each task, and collect the chunks.
PortfolioResult assess_tasks(const AssessorOptions& options, unsigned threads, const Checkpoint& checkpoint,
                             std::vector<std::string> unread, const std::vector<Task>& tasks,
                             const std::function<void(const Task&, Assessor&)>& read) {
    auto data = std::make_shared<PortfolioResult::Data>();
    data->schema = portfolio::schema_of(options.columns);
    data->unread = std::move(unread);
    data->chunks.resize(tasks.size());
    std::vector<RowErrors> errors(tasks.size());
    run_in_parallel(
        threads, tasks.size(),
        [&](std::size_t i) {
            Assessor assessor(options, static_cast<std::size_t>(tasks[i].count), errors[i]);
            read(tasks[i], assessor);
            data->chunks[i] = std::move(assessor).finish();
        },
        checkpoint);
    RowErrors all;
    for (RowErrors& each : errors) all.add(std::move(each));
    if (!all.empty()) throw InputError(std::move(all).release());
    return PortfolioResult(std::move(data));
}

}  // namespace

PortfolioResult assess_portfolio(ArrowArrayStream& table, const PortfolioOptions& options, const Rules& rules) {
    // The importer comes first, because it releases the stream even if the options are invalid.
    portfolio::StreamImporter importer(table);
    const AssessorOptions assessor_options(options, rules);
    const auto* as_of_column = std::get_if<std::string>(&options.as_of);
    portfolio::validate_schema(importer.schema());
    const portfolio::TableLayout layout =
        portfolio::table_layout_of(importer.schema(), as_of_column ? *as_of_column : std::string_view{});
    importer.pull();
    std::vector<portfolio::Batch> batches;
    std::vector<Task> tasks;
    std::int64_t row_number = options.first_row;
    for (const ArrowArray& array : importer.arrays()) {
        portfolio::validate_shape(array, importer.schema());
        add_tasks(batches.size(), array.length, assessor_options.days.size(), row_number, tasks);
        batches.emplace_back(array, layout);
        row_number += array.length;
    }
    const auto read = [&](const Task& task, Assessor& assessor) {
        portfolio::validate_values(batches[task.batch], task.first, task.count);
        assessor.read(batches[task.batch], task.first, task.count, task.row_number);
    };
    return assess_tasks(assessor_options, options.threads, options.checkpoint, layout.unread, tasks, read);
}

PortfolioResult assess_portfolio(std::span<const PortfolioRow> rows, const PortfolioOptions& options,
                                 const Rules& rules) {
    const AssessorOptions assessor_options(options, rules);
    std::vector<Task> tasks;
    add_tasks(0, static_cast<std::int64_t>(rows.size()), assessor_options.days.size(), options.first_row, tasks);
    const auto read = [&](const Task& task, Assessor& assessor) {
        assessor.read(rows.subspan(static_cast<std::size_t>(task.first), static_cast<std::size_t>(task.count)),
                      task.row_number);
    };
    return assess_tasks(assessor_options, options.threads, options.checkpoint, {}, tasks, read);
}

}  // namespace designation
