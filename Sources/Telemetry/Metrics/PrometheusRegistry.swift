public import CoreMetrics
import Synchronization

/// A backend for swift-metrics that keeps all values in the process and prints them in Prometheus' text format (swift.md, observability).
///
/// Names are made to fit: dots become underscores, counters end in `_total`, timers become histograms in seconds that end in `_seconds`.
/// The same name and labels always give the same series. A family keeps at most ``maximumSeriesPerFamily`` label sets; what comes
/// after is counted together under the label values `other`, so that a careless label cannot fill the memory. A name that is already used
/// for another kind of metric gives a series that is not printed, and counts as a conflict.
public final class PrometheusRegistry: Sendable {
    /// The most label sets of one name.
    public static let defaultMaximumSeriesPerFamily = 1_000
    /// The most names.
    public static let maximumFamilies = 2_000
    /// Seconds, for timers without buckets of their own.
    public static let defaultTimerBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Counts, for recorders without buckets of their own.
    public static let defaultValueBuckets: [Double] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000]

    private struct State {
        var families: [String: MetricFamily] = [:]
        var collectors: [any MetricsCollector] = []
        var overflows = 0
        var conflicts = 0
    }

    private let state = Mutex(State())
    private let descriptions: [String: MetricDescription]
    private let maximumSeriesPerFamily: Int

    /// - Parameters:
    ///   - descriptions: help texts and buckets by the printed name, e.g. `docket_http_request_duration_seconds`.
    ///   - maximumSeriesPerFamily: the most label sets of one name.
    public init(descriptions: [String: MetricDescription] = [:], maximumSeriesPerFamily: Int = defaultMaximumSeriesPerFamily) {
        self.descriptions = descriptions
        self.maximumSeriesPerFamily = max(1, maximumSeriesPerFamily)
    }

    /// Adds what is measured at each scrape.
    public func add(_ collector: any MetricsCollector) {
        state.withLock { $0.collectors.append(collector) }
    }

    /// Everything known now, in text format 0.0.4, families in the order of their names.
    public func exposition() -> [UInt8] {
        let snapshot = state.withLock { $0 }
        var writer = ExpositionWriter()
        for (name, family) in snapshot.families.sorted(by: { $0.key < $1.key }) {
            family.write(name: name, help: descriptions[name]?.help, to: &writer)
        }
        for collector in snapshot.collectors {
            collector.collect(into: &writer)
        }
        writer.family("telemetry_series_overflow_total", help: "Label sets beyond a metric's limit.", kind: .counter)
        writer.sample("telemetry_series_overflow_total", Double(snapshot.overflows))
        writer.family("telemetry_metric_conflicts_total", help: "Metrics asked for under a name of another kind.", kind: .counter)
        writer.sample("telemetry_metric_conflicts_total", Double(snapshot.conflicts))
        return writer.bytes
    }

    /// The series of a name and label set, made at first use.
    private func series<Series: MetricSeries>(
        _ name: String,
        kind: MetricKind,
        dimensions: [(String, String)],
        make: () -> Series
    ) -> Series {
        state.withLock { state in
            let labels = MetricLabels(dimensions)
            var family: MetricFamily
            if let known = state.families[name] {
                family = known
            } else if state.families.count < PrometheusRegistry.maximumFamilies {
                family = MetricFamily(kind: kind)
            } else {
                state.overflows += 1
                return make()
            }
            if let known = family.series[labels] {
                return known as? Series ?? conflict(in: &state, make: make)
            }
            guard family.kind == kind else {
                return conflict(in: &state, make: make)
            }
            var key = labels
            if family.series.count >= maximumSeriesPerFamily {
                state.overflows += 1
                key = .overflow(of: dimensions)
                if let known = family.series[key] as? Series { return known }
                // One `other` for each set of label names is kept above the limit; names come from code, not from data.
                guard family.series.count < maximumSeriesPerFamily + 16 else { return make() }
            }
            let made = make()
            family.series[key] = made
            state.families[name] = family
            return made
        }
    }

    private func conflict<Series: MetricSeries>(in state: inout State, make: () -> Series) -> Series {
        state.conflicts += 1
        return make()
    }

    private func buckets(_ name: String, default buckets: [Double]) -> [Double] {
        descriptions[name]?.buckets ?? buckets
    }
}

extension PrometheusRegistry: MetricsFactory {
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return gauge(label, dimensions) }
        let name = MetricName.metric(label)
        return series(name, kind: .histogram, dimensions: dimensions) {
            PrometheusHistogram(bounds: buckets(name, default: PrometheusRegistry.defaultValueBuckets))
        }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        let name = MetricName.metric(label, suffix: "_seconds")
        return series(name, kind: .histogram, dimensions: dimensions) {
            PrometheusHistogram(bounds: buckets(name, default: PrometheusRegistry.defaultTimerBuckets))
        }
    }

    /// Series stay until the process ends: a counter that vanishes and comes back at zero would look like a restart to Prometheus.
    public func destroyCounter(_ handler: any CounterHandler) {}
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    public func destroyMeter(_ handler: any MeterHandler) {}
    public func destroyRecorder(_ handler: any RecorderHandler) {}
    public func destroyTimer(_ handler: any TimerHandler) {}

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> PrometheusCounter {
        series(MetricName.metric(label, suffix: "_total"), kind: .counter, dimensions: dimensions) { PrometheusCounter() }
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> PrometheusGauge {
        series(MetricName.metric(label), kind: .gauge, dimensions: dimensions) { PrometheusGauge() }
    }
}
