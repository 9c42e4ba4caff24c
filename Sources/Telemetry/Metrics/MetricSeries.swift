/// One time series of a family: it holds a value and prints it.
protocol MetricSeries: AnyObject, Sendable {
    func write(name: String, labels: MetricLabels, to writer: inout ExpositionWriter)
}
