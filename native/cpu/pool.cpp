/*
 * pool.cpp: see pool.h. Threads sleep between rounds.
 */
#include "pool.h"

namespace lrlab {

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

void Pool::run(int jobs, const std::function<void(int, int)> &work) {
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
  std::unique_lock<std::mutex> lock(mutex_);
  finished_.wait(lock, [this] { return busy_ == 0; });
}

void Pool::serve(int worker) {
  unsigned seen = 0;
  for (;;) {
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
