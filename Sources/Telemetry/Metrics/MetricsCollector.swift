/// Something that measures only when asked, at each scrape.
public protocol MetricsCollector: Sendable {
    func collect(into writer: inout ExpositionWriter)
}
