#include "checker/platform.hpp"

#include <algorithm>

#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)

namespace funpass {

struct Workers::Shared {};
Workers::Workers(unsigned) : count_(1) {}
Workers::~Workers() = default;
void Workers::all(const std::function<void(unsigned)>& work) { work(0); }
void Workers::each(size_t n, const std::function<void(size_t)>& work) {
  for (size_t i = 0; i < n; ++i) work(i);
}

}  // namespace funpass

#else

#include <atomic>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace funpass {

namespace {

// Work comes every few microseconds, or not for long: looks for a while, then sleeps.
void waitWhile(const std::atomic<unsigned>& value, unsigned old) {
  constexpr int looks = 2000;
  for (int i = 0; i < looks; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
  }
  while (value.load(std::memory_order_acquire) == old) value.wait(old, std::memory_order_acquire);
}

}  // namespace

// Each number in a cache line of its own.
struct Workers::Shared {
  alignas(64) std::atomic<unsigned> round{0};
  alignas(64) std::atomic<unsigned> working{0};
  const std::function<void(unsigned)>* work = nullptr;  // of this round; null: the end
  std::vector<std::exception_ptr> thrown;
  std::vector<std::thread> threads;

  void attempt(unsigned which) {
    try {
      (*work)(which);
    } catch (...) {
      thrown[which] = std::current_exception();
    }
  }

  void serve(unsigned which) {
    for (unsigned seen = 0;; ++seen) {
      waitWhile(round, seen);
      if (work == nullptr) return;
      attempt(which);
      if (working.fetch_sub(1, std::memory_order_acq_rel) == 1) working.notify_one();
    }
  }
};

Workers::Workers(unsigned count) : count_(std::max(1U, count)), shared_(std::make_unique<Shared>()) {
  shared_->thrown.resize(count_);
  shared_->threads.reserve(count_);
  for (unsigned which = 1; which < count_; ++which) {
    try {
      shared_->threads.emplace_back([shared = shared_.get(), which] { shared->serve(which); });
    } catch (const std::exception&) {  // no more threads, or no memory for one
      count_ = which;
    }
  }
}

Workers::~Workers() {
  shared_->work = nullptr;
  shared_->round.fetch_add(1, std::memory_order_release);
  shared_->round.notify_all();
  for (std::thread& thread : shared_->threads) thread.join();
}

void Workers::all(const std::function<void(unsigned)>& work) {
  Shared& shared = *shared_;
  if (count_ == 1) return work(0);
  shared.work = &work;
  shared.working.store(count_ - 1, std::memory_order_relaxed);
  shared.round.fetch_add(1, std::memory_order_release);
  shared.round.notify_all();
  shared.attempt(0);
  for (unsigned left = shared.working.load(std::memory_order_acquire); left != 0;
       left = shared.working.load(std::memory_order_acquire)) {
    waitWhile(shared.working, left);
  }
  std::exception_ptr first;
  for (std::exception_ptr& thrown : shared.thrown) {
    if (const std::exception_ptr one = std::exchange(thrown, nullptr); one && !first) first = one;
  }
  if (first) std::rethrow_exception(first);
}

void Workers::each(size_t n, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next{0};
  all([&](unsigned) {
    for (size_t i = next.fetch_add(1); i < n; i = next.fetch_add(1)) work(i);
  });
}

}  // namespace funpass

#endif
