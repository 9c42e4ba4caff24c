import CoreMetrics
import Synchronization

/// A value that goes up and down: meters, and recorders that do not aggregate.
final class PrometheusGauge: MetricSeries, RecorderHandler, MeterHandler {
    /// The bit pattern of the value.
    private let bits = Atomic<UInt64>(0)

    func set(_ value: Int64) {
        set(Double(value))
    }

    func set(_ value: Double) {
        bits.store(value.bitPattern, ordering: .relaxed)
    }

    func record(_ value: Int64) {
        set(Double(value))
    }

    func record(_ value: Double) {
        set(value)
    }

    func increment(by amount: Double) {
        add(amount)
    }

    func decrement(by amount: Double) {
        add(-amount)
    }

    var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

    func write(name: String, labels: MetricLabels, to writer: inout ExpositionWriter) {
        writer.sample(name, labels: labels.braced(), value)
    }

    private func add(_ amount: Double) {
        guard amount.isFinite else { return }
        var old = bits.load(ordering: .relaxed)
        while true {
            let new = (Double(bitPattern: old) + amount).bitPattern
            let (exchanged, original) = bits.compareExchange(expected: old, desired: new, ordering: .relaxed)
            if exchanged { return }
            old = original
        }
    }
}
