/*
 * pool.h: threads that share out numbered jobs.
 *
 * run(jobs, work) calls work(job, worker) once for each job; the caller takes part as worker 0. Which worker takes
 * which job is left to chance, so a job must write only what belongs to it.
 */
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace lrlab {

using Work = std::function<void(int job, int worker)>;

/** How numbered jobs are shared out: all by the caller, or among the threads of a pool. */
using Share = std::function<void(int jobs, const Work &)>;

inline void runAlone(int jobs, const Work &work) {
  for (int job = 0; job < jobs; job++) work(job, 0);
}

class Pool {
public:
  explicit Pool(int workers);
  ~Pool();
  Pool(const Pool &) = delete;
  Pool &operator=(const Pool &) = delete;

  int workers() const { return (int)threads_.size() + 1; }
  void run(int jobs, const Work &);
  Share share() {
    return [this](int jobs, const Work &work) { run(jobs, work); };
  }

private:
  void serve(int worker);
  void takeJobs(int worker);

  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable started_, finished_;
  const Work *work_ = nullptr;
  std::atomic<int> next_{0};
  int jobs_ = 0;
  /* Written under the mutex; looked at without it before a thread goes to sleep. */
  std::atomic<int> busy_{0};
  std::atomic<unsigned> round_{0};
  std::atomic<bool> stopping_{false};
};

} // namespace lrlab
