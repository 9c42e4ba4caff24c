/// All time series of one name and kind.
struct MetricFamily {
    let kind: MetricKind
    var series: [MetricLabels: any MetricSeries] = [:]

    func write(name: String, help: String?, to writer: inout ExpositionWriter) {
        guard !series.isEmpty else { return }
        writer.family(name, help: help, kind: kind)
        for (labels, metric) in series.sorted(by: { $0.key.rendered < $1.key.rendered }) {
            metric.write(name: name, labels: labels, to: &writer)
        }
    }
}
