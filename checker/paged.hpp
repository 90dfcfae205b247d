// A list that grows without moving what is in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace funpass {

/// Numbers in pages, so that growing costs no copy and at most one page of memory more than there is. The last page is
/// as large as it has to be while it is the only one.
template <typename T>
class Paged {
 public:
  static constexpr size_t kPage = size_t{1} << 16U;  ///< elements

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const T& operator[](size_t i) const { return pages_[i / kPage][i % kPage]; }
  T& operator[](size_t i) { return pages_[i / kPage][i % kPage]; }
  const T& back() const { return (*this)[size_ - 1]; }

  void push_back(T value) {
    if (size_ / kPage == pages_.size()) {
      pages_.emplace_back();
      pages_.back().reserve(pages_.size() == 1 ? 64 : kPage);
    }
    pages_.back().push_back(value);
    ++size_;
  }

  /// Memory held, in bytes.
  size_t bytes() const {
    return pages_.empty() ? 0 : ((pages_.size() - 1) * kPage + pages_.back().capacity()) * sizeof(T);
  }

  /// Calls f(pointer, length) for runs that make up the first n elements.
  template <typename F>
  void runs(size_t n, F f) const {
    for (size_t page = 0; n > 0; ++page) {
      const size_t length = n < kPage ? n : kPage;
      f(pages_[page].data(), length);
      n -= length;
    }
  }

 private:
  std::vector<std::vector<T>> pages_;
  size_t size_ = 0;
};

}  // namespace funpass
