/// Which version this process is, as a gauge that is always 1: versions side by side are seen by its label.
struct BuildInfo: MetricsCollector {
    static let name = "docket_build_info"

    let version: String

    func collect(into writer: inout ExpositionWriter) {
        writer.family(Self.name, help: "The version that runs.", kind: .gauge)
        writer.sample(Self.name, labels: MetricLabels([("version", version)]).braced(), 1)
    }
}
