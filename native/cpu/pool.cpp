/*
 * pool.cpp: see pool.h. Threads sleep between rounds, but not at once: the rounds of one update follow each other sooner
 * than a thread wakes up.
 */
#include "pool.h"

#include <chrono>

namespace lrlab {
namespace {

constexpr std::chrono::microseconds kPatience{300};

/** Asks again and again, giving way to whoever wants the processor, until it is so or patience is at its end. */
template <class Ready> void waitAwhile(Ready ready) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!ready() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
}

} // namespace

Pool::Pool(int workers) {
  for (int i = 1; i < workers; i++) threads_.emplace_back([this, i] { serve(i); });
}

Pool::~Pool() {
  {
    std::lock_guard<std::mutex> lock(mutex_);
    stopping_ = true;
  }
  started_.notify_all();
  for (std::thread &t : threads_) t.join();
}

void Pool::takeJobs(int worker) {
  for (int job = next_.fetch_add(1); job < jobs_; job = next_.fetch_add(1)) (*work_)(job, worker);
}

void Pool::run(int jobs, const Work &work) {
  if (jobs < 1) return;
  {
    std::lock_guard<std::mutex> lock(mutex_);
    work_ = &work;
    jobs_ = jobs;
    next_ = 0;
    busy_ = (int)threads_.size();
    round_++;
  }
  started_.notify_all();
  takeJobs(0);
  waitAwhile([this] { return busy_ == 0; });
  std::unique_lock<std::mutex> lock(mutex_);
  finished_.wait(lock, [this] { return busy_ == 0; });
}

void Pool::serve(int worker) {
  unsigned seen = 0;
  for (;;) {
    waitAwhile([&] { return stopping_ || round_ != seen; });
    {
      std::unique_lock<std::mutex> lock(mutex_);
      started_.wait(lock, [&] { return stopping_ || round_ != seen; });
      if (stopping_) return;
      seen = round_;
    }
    takeJobs(worker);
    std::lock_guard<std::mutex> lock(mutex_);
    if (--busy_ == 0) finished_.notify_one();
  }
}

} // namespace lrlab
