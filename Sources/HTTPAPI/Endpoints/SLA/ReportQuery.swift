import Domain
import UseCases

/// What a report counts.
struct ReportQuery: QueryParameters {
    static let from = QueryField("from", .timestamp, "From when.")
    static let to = QueryField("to", .timestamp, "Until just before when; at most ten years after `from`.")
    static let by = QueryField(
        "by",
        ParameterType<SLAReport.Dimension>.code,
        "What timers are told apart by, beside the metric, separated by commas: priority, group, customer (the requester), organization, period."
    )
    static let period = QueryField(
        "period",
        ParameterType<ReportPeriods.Unit>.code,
        "The length of a period; weeks begin on Monday. `month` unless given."
    )
    static let metric = QueryField("metric", ParameterType<SLAMetric>.code, "Only this metric.")
    static let parameters = [
        from.requiredParameter, to.requiredParameter, by.list(maximum: SLAReport.Dimension.allCases.count), period.parameter,
        ZoneQuery.zone.parameter,
        metric.parameter,
        ZoneQuery.format.parameter,
    ]

    let query: SLAReports.Query
    let format: AnswerFormat?

    init?(from reader: inout QueryReader) {
        let from = reader.required(Self.from)
        let to = reader.required(Self.to)
        let dimensions = Set(reader.list(Self.by, maximum: SLAReport.Dimension.allCases.count))
        let unit = reader.value(Self.period)
        let zone = reader.value(ZoneQuery.zone) ?? "UTC"
        let metric = reader.value(Self.metric)
        format = reader.value(ZoneQuery.format)
        guard let from, let to else { return nil }
        guard from < to else {
            reader.refuse(Self.to.name, .outOfRange, "Must be after from.")
            return nil
        }
        if unit != nil, !dimensions.contains(.period) { reader.refuse(Self.period.name, .notAllowed, "Only with period among by.") }
        query = SLAReports.Query(span: from..<to, dimensions: dimensions, unit: unit ?? .month, zone: zone, metric: metric)
    }
}
