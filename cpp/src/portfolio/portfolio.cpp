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

struct PortfolioAnswer::Data {
    portfolio::Schema schema;
    std::vector<portfolio::Array> chunks;
    std::vector<std::string> unread;
};

std::int64_t PortfolioAnswer::rows() const noexcept {
    std::int64_t rows = 0;
    for (const portfolio::Array& chunk : data_->chunks) rows += chunk.length;
    return rows;
}

const std::vector<std::string>& PortfolioAnswer::unread() const noexcept { return data_->unread; }

void PortfolioAnswer::stream(ArrowArrayStream& out) const {
    portfolio::export_stream(data_, data_->schema, data_->chunks, out);
}

namespace {

using portfolio::Assessor;
using portfolio::RowErrors;

/// Rows of the answer in one chunk. The same for any number of threads, so that the answer is.
constexpr std::size_t rows_of_a_chunk = 32'768;

/// Rows of one batch that are assessed by one thread.
struct Task {
    std::size_t batch = 0;
    std::int64_t first = 0;
    std::int64_t count = 0;
    std::int64_t number = 0;  ///< of the first row in the table
};

/// Cuts a batch into tasks of about the same size.
void cut(std::size_t batch, std::int64_t rows, std::size_t days, std::int64_t number, std::vector<Task>& tasks) {
    const auto most =
        static_cast<std::int64_t>(std::max<std::size_t>(1, rows_of_a_chunk / std::max<std::size_t>(1, days)));
    const std::int64_t pieces = (rows + most - 1) / most;
    for (std::int64_t i = 0; i < pieces; ++i) {
        const std::int64_t first = rows * i / pieces;
        tasks.push_back({batch, first, rows * (i + 1) / pieces - first, number + first});
    }
}

/// Does the tasks on so many threads; throws what the first of them that failed threw.
void in_parallel(unsigned threads, std::size_t tasks, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::vector<std::exception_ptr> failures(tasks);
    const auto take = [&] {
        for (std::size_t task = next++; task < tasks; task = next++) {
            try {
                work(task);
            } catch (...) {
                failures[task] = std::current_exception();
            }
        }
    };
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::thread> others;
    try {
        for (std::size_t i = 1; i < std::min<std::size_t>(threads, tasks); ++i) others.emplace_back(take);
    } catch (const std::system_error&) {  // NOLINT(bugprone-empty-catch)
        // Fewer threads than asked for do the same work.
    }
    take();
    for (std::thread& other : others) other.join();
    for (const std::exception_ptr& failure : failures) {
        if (failure) std::rethrow_exception(failure);
    }
}

/// Assesses what `read` gives an assessor for each task, and puts the chunks together.
PortfolioAnswer assess_tasks(const portfolio::Question& question, unsigned threads, std::vector<std::string> unread,
                             const std::vector<Task>& tasks, const std::function<void(const Task&, Assessor&)>& read) {
    auto data = std::make_shared<PortfolioAnswer::Data>();
    data->schema = portfolio::schema_of(question.columns);
    data->unread = std::move(unread);
    data->chunks.resize(tasks.size());
    std::vector<RowErrors> problems(tasks.size());
    in_parallel(threads, tasks.size(), [&](std::size_t i) {
        Assessor assessor(question, static_cast<std::size_t>(tasks[i].count), problems[i]);
        read(tasks[i], assessor);
        data->chunks[i] = std::move(assessor).finish();
    });
    RowErrors all;
    for (RowErrors& some : problems) all.add(std::move(some));
    if (!all.empty()) throw InputError(std::move(all).take());
    return PortfolioAnswer(std::move(data));
}

}  // namespace

PortfolioAnswer assess_portfolio(ArrowArrayStream& table, const PortfolioQuestion& asked, const Rules& rules) {
    portfolio::StreamImporter importer(
        table);  // first, so that the stream is released whatever is wrong with the question
    const portfolio::Question question(asked, rules);
    const auto* column = std::get_if<std::string>(&asked.as_of);
    portfolio::validate_schema(importer.schema());
    const portfolio::TableLayout layout =
        portfolio::layout_of(importer.schema(), column ? *column : std::string_view{});
    importer.pull();
    std::vector<portfolio::Batch> batches;
    std::vector<Task> tasks;
    std::int64_t number = asked.first_row;
    for (const ArrowArray& array : importer.arrays()) {
        portfolio::validate_shape(array, importer.schema());
        cut(batches.size(), array.length, question.days.size(), number, tasks);
        batches.emplace_back(array, layout);
        number += array.length;
    }
    return assess_tasks(question, asked.threads, layout.unread, tasks, [&](const Task& task, Assessor& assessor) {
        portfolio::validate_places(batches[task.batch], task.first, task.count);
        assessor.read(batches[task.batch], task.first, task.count, task.number);
    });
}

PortfolioAnswer assess_portfolio(std::span<const PortfolioRow> rows, const PortfolioQuestion& asked,
                                 const Rules& rules) {
    const portfolio::Question question(asked, rules);
    std::vector<Task> tasks;
    cut(0, static_cast<std::int64_t>(rows.size()), question.days.size(), asked.first_row, tasks);
    return assess_tasks(question, asked.threads, {}, tasks, [&](const Task& task, Assessor& assessor) {
        assessor.read(rows.subspan(static_cast<std::size_t>(task.first), static_cast<std::size_t>(task.count)),
                      task.number);
    });
}

}  // namespace designation
