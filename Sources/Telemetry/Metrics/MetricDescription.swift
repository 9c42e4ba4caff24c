/// What a registry knows of a metric beforehand.
public struct MetricDescription: Sendable {
    /// The `# HELP` line.
    public let help: String
    /// Upper ends of the histogram's buckets, in the metric's unit; nil takes the registry's defaults.
    public let buckets: [Double]?

    public init(help: String, buckets: [Double]? = nil) {
        self.help = help
        self.buckets = buckets?.sorted()
    }
}
