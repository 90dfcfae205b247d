// What differs from one machine to another: here alone are threads.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>

namespace funpass {

/// A few threads that wait for work. Where there are no threads it is the caller alone.
class Workers {
 public:
  /// The caller is one of them; `count` is at least 1. There are fewer if no more can be started.
  explicit Workers(unsigned count);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  Workers(Workers&&) = delete;
  Workers& operator=(Workers&&) = delete;

  unsigned count() const { return count_; }
  /// Calls work(0) … work(count - 1), each in its thread, and returns when all are done. Throws what one of them threw.
  void all(const std::function<void(unsigned)>& work);
  /// Calls work(0) … work(n - 1), each once, in whatever thread is free.
  void each(size_t n, const std::function<void(size_t)>& work);

 private:
  struct Shared;
  unsigned count_;
  std::unique_ptr<Shared> shared_;
};

}  // namespace funpass
