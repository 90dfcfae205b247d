#include "checker/batched.hpp"

#include <algorithm>

namespace funpass {

namespace {

struct Asked {
  uint32_t steps;
  bool ends;  // no step other than failures
};

// Some states of a batch, with their steps.
struct Chunk {
  uint32_t first = 0, last = 0;  // the states, and the one behind them
  std::vector<uint64_t> keys;    // of the successors, sealed
  std::vector<uint32_t> steps;   // how many each state has
  std::vector<uint32_t> ends;    // states without a step other than failures
  RuleCounts rules{};
  uint64_t transitions = 0;  // distinct pairs (from, to)
  bool known = false;        // all of this
  bool fine = true;          // every step
  size_t start = 0;          // where its keys begin in the batch
  // Of states with failures left, which the model is asked about each time: the successors' words, and how many.
  std::vector<uint32_t> asked;
  std::vector<Asked> askedSteps;
  RuleCounts askedRules{};
  // Used while it is made.
  std::vector<uint32_t> words;
  std::vector<CalculusModel::Change> changes;
};

class BatchedSearch {
 public:
  BatchedSearch(CalculusModel& model, const SearchLimits& limits, unsigned threads, const BatchHooks& hooks,
                Exploration& found, const BatchSizes& sizes)
      : model_(model),
        limits_(limits),
        hooks_(hooks),
        found_(found),
        sizes_(sizes),
        workers_(threads),
        chunks_(sizes.batch / sizes.chunk) {}

  bool operator()() {
    StateTable& states = found_.states;
    begin(model_, found_);
    SearchProgress progress = levelOf(found_, found_.expanded);
    while (found_.expanded < states.size()) {
      const uint32_t first = found_.expanded;
      if (first == progress.levelEnd) progress.nextLevel(states.size());
      if (const char* why = stopsAt(first, model_, found_, limits_, progress)) {
        found_.limit = why;
        return true;
      }
      // A batch's buffers are to be small beside the table, and each thread is to have enough to do.
      const uint32_t batch =
          std::clamp(std::max(states.size() / 1024, 512U) * workers_.count(), sizes_.chunk, sizes_.batch);
      const uint32_t last = static_cast<uint32_t>(std::min<uint64_t>(progress.levelEnd, uint64_t{first} + batch));
      if (!expand(first, last) || states.size() + count() > limits_.maxStates) return false;
      const bool goesOn = endStates();
      const uint32_t before = states.size();
      insert();
      if (states.size() > before) found_.depth = progress.depth + 1;
      if (!goesOn) {
        found_.limit = "stopped";
        return true;
      }
    }
    found_.complete = true;
    return true;
  }

 private:
  // Runs `work` on every thread if there is enough of it, else here.
  void all(const std::function<void(unsigned)>& work) {
    if (threads_ > 1) {
      workers_.all(work);
    } else {
      work(0);
    }
  }

  void eachChunk(const std::function<void(Chunk&)>& work) {
    if (threads_ > 1) return workers_.each(used_, [&](size_t i) { work(chunks_[i]); });
    for (size_t i = 0; i < used_; ++i) work(chunks_[i]);
  }

  size_t count() const {
    const size_t words = found_.states.keyWords();
    size_t sum = 0;
    for (size_t i = 0; i < used_; ++i) sum += chunks_[i].keys.size() / words;
    return sum;
  }

  // The steps of the states from `first` to before `last`. False if they have to be shown one by one.
  bool expand(uint32_t first, uint32_t last) {
    threads_ = last - first >= sizes_.parallel ? workers_.count() : 1;
    used_ = (last - first + sizes_.chunk - 1) / sizes_.chunk;
    for (size_t i = 0; i < used_; ++i) {
      chunks_[i].first = first + static_cast<uint32_t>(i) * sizes_.chunk;
      chunks_[i].last = std::min(last, chunks_[i].first + sizes_.chunk);
      chunks_[i].known = false;
      chunks_[i].askedSteps.clear();
      chunks_[i].askedRules.fill(0);
    }
    if (!hooks_.ready()) return false;
    makeRoom();
    while (true) {
      eachChunk([this](Chunk& chunk) { make(chunk); });
      for (size_t i = 0; i < used_; ++i) {
        if (!chunks_[i].known) learn(chunks_[i]);
      }
      if (!hooks_.ready()) return false;
      // What was learnt may need larger keys: then all are made anew.
      if (!makeRoom()) {
        for (size_t i = 0; i < used_; ++i) make(chunks_[i]);
        return std::all_of(chunks_.begin(), chunks_.begin() + static_cast<std::ptrdiff_t>(used_),
                           [](const Chunk& chunk) { return chunk.fine; });
      }
      for (size_t i = 0; i < used_; ++i) chunks_[i].known = false;
    }
  }

  // Has the model compute the steps of the chunk's states that it does not know.
  void learn(Chunk& chunk) {
    chunk.asked.clear();
    chunk.askedSteps.clear();
    chunk.askedRules.fill(0);
    words_.resize(model_.width());
    for (uint32_t state = chunk.first; state < chunk.last; ++state) {
      found_.states.copyWords(state, words_.data());
      if (model_.known(words_, changes_, [](Rule, Rule, std::span<const CalculusModel::Change>) {})) continue;
      buffer_.clear();
      model_.steps(words_, buffer_);
      if (words_.back() == 0) continue;
      const std::vector<CalculusModel::Move>& moves = model_.lastMoves();
      for (const CalculusModel::Move& move : moves) countRules(move.rule, move.inner, chunk.askedRules);
      chunk.asked.insert(chunk.asked.end(), buffer_.begin(), buffer_.end());
      chunk.askedSteps.push_back(
          {static_cast<uint32_t>(moves.size()), moves.empty() || isFailureRule(moves.front().rule)});
    }
  }

  bool makeRoom() {
    words_.resize(model_.width());
    for (uint32_t h = 0; h + 1 < words_.size(); ++h) words_[h] = static_cast<uint32_t>(model_.leaves(h) - 1);
    words_.back() = 0;
    return found_.states.makeRoom(words_);
  }

  // Writes the chunk's steps if they are all known.
  void make(Chunk& chunk) const {
    if (chunk.known) return;
    chunk.keys.clear();
    chunk.steps.clear();
    chunk.ends.clear();
    chunk.transitions = 0;
    chunk.fine = true;
    chunk.rules = chunk.askedRules;
    chunk.words.resize(model_.width());
    size_t asked = 0;
    const uint32_t* words = chunk.asked.data();
    for (uint32_t state = chunk.first; state < chunk.last; ++state) {
      found_.states.copyWords(state, chunk.words.data());
      if (chunk.words.back() == 0) {
        if (!writeKnown(state, chunk)) return;
      } else {
        if (asked == chunk.askedSteps.size()) return;
        words = writeAsked(state, chunk, chunk.askedSteps[asked++], words);
      }
    }
    chunk.known = true;
  }

  bool writeKnown(uint32_t state, Chunk& chunk) const {
    const StateTable& states = found_.states;
    const size_t words = states.keyWords();
    const size_t begin = chunk.keys.size();
    const bool known = model_.known(chunk.words, chunk.changes,
                                    [&](Rule rule, Rule inner, std::span<const CalculusModel::Change> changes) {
                                      countRules(rule, inner, chunk.rules);
                                      chunk.fine = chunk.fine && hooks_.fine(chunk.words, changes);
                                      const size_t at = chunk.keys.size();
                                      chunk.keys.resize(at + words);
                                      uint64_t* key = &chunk.keys[at];
                                      states.copyKey(state, key);
                                      for (const CalculusModel::Change& change : changes)
                                        states.setWord(key, change.host, change.leaf);
                                      states.seal(key);
                                    });
    if (known) close(chunk, state, begin, chunk.keys.size() == begin);
    return known;
  }

  // Gives what stands behind these steps' words.
  const uint32_t* writeAsked(uint32_t state, Chunk& chunk, Asked asked, const uint32_t* successors) const {
    const size_t words = found_.states.keyWords();
    const size_t begin = chunk.keys.size();
    chunk.keys.resize(begin + asked.steps * words);
    for (uint64_t* key = chunk.keys.data() + begin; key != chunk.keys.data() + chunk.keys.size(); key += words) {
      chunk.changes.clear();
      for (uint32_t h = 0; h + 1 < model_.width(); ++h) {
        if (successors[h] != chunk.words[h]) chunk.changes.push_back({h, successors[h]});
      }
      chunk.fine = chunk.fine && hooks_.fine(chunk.words, chunk.changes);
      found_.states.makeKey({successors, model_.width()}, key);
      found_.states.seal(key);
      successors += model_.width();
    }
    close(chunk, state, begin, asked.ends);
    return successors;
  }

  // All steps of a state are there, their keys from `begin` on.
  void close(Chunk& chunk, uint32_t state, size_t begin, bool ends) const {
    if (ends) chunk.ends.push_back(state);
    const size_t words = found_.states.keyWords();
    const uint64_t* keys = chunk.keys.data();
    chunk.steps.push_back(static_cast<uint32_t>((chunk.keys.size() - begin) / words));
    for (size_t a = begin; a < chunk.keys.size(); a += words) {
      size_t b = begin;
      while (b < a && !(keys[a + words - 1] == keys[b + words - 1] && std::equal(keys + a, keys + a + words, keys + b)))
        b += words;
      if (b == a) ++chunk.transitions;
    }
  }

  // Shows the states that end; what comes after one that ends the search is left out.
  bool endStates() {
    for (size_t i = 0; i < used_; ++i) {
      for (const uint32_t state : chunks_[i].ends) {
        if (hooks_.ended(state)) continue;
        used_ = i + 1;
        chunks_[i].last = state + 1;
        chunks_[i].known = false;
        learn(chunks_[i]);
        make(chunks_[i]);
        return false;
      }
    }
    return true;
  }

  void insert() {
    try {
      number();
    } catch (...) {
      found_.states.forget(batch_, static_cast<uint32_t>(found_.parent.size()));  // no state without a parent
      throw;
    }
  }

  void number() {
    StateTable& states = found_.states;
    size_t start = 0;
    for (size_t i = 0; i < used_; ++i) {
      chunks_[i].start = start;
      start += chunks_[i].keys.size();
    }
    batch_.keys.resize(start);
    eachChunk(
        [this](Chunk& chunk) { std::copy(chunk.keys.begin(), chunk.keys.end(), batch_.keys.data() + chunk.start); });
    states.begin(batch_, threads_);
    all([&](unsigned part) { states.find(batch_, part); });
    states.settle(batch_);
    RuleCounts rules{};
    size_t at = 0;
    auto fresh = batch_.fresh.begin();
    for (size_t i = 0; i < used_; ++i) {
      const Chunk& chunk = chunks_[i];
      uint32_t from = chunk.first;
      for (const uint32_t steps : chunk.steps) {
        for (at += steps; fresh != batch_.fresh.end() && fresh->key < at; ++fresh) found_.parent.push_back(from);
        ++from;
      }
      found_.transitions += chunk.transitions;
      for (size_t r = 0; r < rules.size(); ++r) rules[r] += chunk.rules[r];
      found_.expanded = chunk.last;
    }
    hooks_.finished(found_.expanded, rules);
  }

  CalculusModel& model_;
  const SearchLimits& limits_;
  const BatchHooks& hooks_;
  Exploration& found_;
  BatchSizes sizes_;
  Workers workers_;
  unsigned threads_ = 1;  // of this batch
  std::vector<Chunk> chunks_;
  size_t used_ = 0;  // of the chunks
  StateTable::Batch batch_;
  std::vector<uint32_t> buffer_;
  std::vector<uint32_t> words_;
  std::vector<CalculusModel::Change> changes_;
};

}  // namespace

bool exploreBatched(CalculusModel& model, const SearchLimits& limits, unsigned threads, const BatchHooks& hooks,
                    Exploration& found, const BatchSizes& sizes) {
  return BatchedSearch(model, limits, threads, hooks, found, sizes)();
}

}  // namespace funpass
