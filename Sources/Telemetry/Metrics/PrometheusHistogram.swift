import CoreMetrics
import Synchronization

/// A distribution over fixed buckets: timers, in seconds, and recorders that aggregate.
final class PrometheusHistogram: MetricSeries, TimerHandler, RecorderHandler {
    private struct State {
        /// How many values fell into each bucket alone; the last one is for those above all bounds.
        var counts: [UInt64]
        var sum = 0.0
    }

    private let bounds: [Double]
    private let state: Mutex<State>

    /// - Parameter bounds: upper ends of the buckets, ascending; +Inf is added.
    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) {
        record(Double(duration) / 1_000_000_000)
    }

    func record(_ value: Int64) {
        record(Double(value))
    }

    func record(_ value: Double) {
        guard value.isFinite else { return }
        let bucket = index(for: value)
        state.withLock {
            $0.counts[bucket] += 1
            $0.sum += value
        }
    }

    func write(name: String, labels: MetricLabels, to writer: inout ExpositionWriter) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var cumulative: UInt64 = 0
        for (index, count) in counts.enumerated() {
            cumulative += count
            let bound = index < bounds.count ? ExpositionWriter.number(bounds[index]) : "+Inf"
            writer.sample(name + "_bucket", labels: labels.braced(adding: "le=\"\(bound)\""), Double(cumulative))
        }
        writer.sample(name + "_sum", labels: labels.braced(), sum)
        writer.sample(name + "_count", labels: labels.braced(), Double(cumulative))
    }

    /// The first bucket whose bound is not below the value (`le`: less or equal).
    private func index(for value: Double) -> Int {
        var low = 0
        var high = bounds.count
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle] < value {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
