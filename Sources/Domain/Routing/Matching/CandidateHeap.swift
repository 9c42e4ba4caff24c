/// The candidates of tickets that ask for the same at the same step and weight, the best rank first.
///
/// Ranks only get worse while a batch is matched, since loads only grow. So an entry keeps the rank it was put in with, and is brought up to
/// date when it comes to the top: an assignment costs a few sift steps and never a scan of all agents.
struct CandidateHeap: Sendable {
    private struct Entry {
        let candidate: RoutingCandidate
        var rank: RoutingRank
        var version: Int32
    }

    let weight: Int32
    let channel: Channel
    private var entries: [Entry] = []

    init(_ candidates: [RoutingCandidate], weight: Int32, channel: Channel, in pool: RoutingPool) {
        self.weight = weight
        self.channel = channel
        entries.reserveCapacity(candidates.count)
        for candidate in candidates {
            let slot = pool.slots[Int(candidate.agent)]
            guard slot.fits(weight, on: channel) else { continue }
            entries.append(Entry(candidate: candidate, rank: pool.rank(candidate, weight: weight, on: channel), version: slot.version))
        }
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) {
            siftDown(index)
        }
    }

    /// The best agent with room who is admitted; stays in the heap. Agents without room leave it for good.
    mutating func best(in pool: RoutingPool, where isAdmitted: (Int32) -> Bool) -> Int? {
        var skipped: [Entry] = []
        defer {
            for entry in skipped { insert(entry) }
        }
        while let top = entries.first {
            let slot = pool.slots[Int(top.candidate.agent)]
            if !slot.fits(weight, on: channel) {
                removeTop()
            } else if slot.version != top.version {
                entries[0].rank = pool.rank(top.candidate, weight: weight, on: channel)
                entries[0].version = slot.version
                siftDown(0)
            } else if !isAdmitted(top.candidate.agent) {
                skipped.append(top)
                removeTop()
            } else {
                return Int(top.candidate.agent)
            }
        }
        return nil
    }

    private mutating func removeTop() {
        let last = entries.removeLast()
        guard !entries.isEmpty else { return }
        entries[0] = last
        siftDown(0)
    }

    private mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].rank < entries[parent].rank else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count && entries[child].rank < entries[smallest].rank {
                smallest = child
            }
            guard smallest != parent else { return }
            entries.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
