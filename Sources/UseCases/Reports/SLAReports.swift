public import Domain
import Store

/// Counts how promises were kept, from what happened: a late scheduler changes no figure.
public struct SLAReports: Sendable {
    private let environment: UseCaseEnvironment
    private let zones: any TimeZoneSource

    /// - Parameter zones: where the zones of periods come from.
    public init(environment: UseCaseEnvironment, zones: any TimeZoneSource) {
        self.environment = environment
        self.zones = zones
    }

    /// What is asked for.
    public struct Query: Hashable, Sendable {
        public let span: Range<Timestamp>
        public let dimensions: Set<SLAReport.Dimension>
        /// For the dimension `period`.
        public let unit: ReportPeriods.Unit
        /// By whose walls days begin.
        public let zone: String
        /// nil for all.
        public let metric: SLAMetric?

        public init(
            span: Range<Timestamp>,
            dimensions: Set<SLAReport.Dimension> = [],
            unit: ReportPeriods.Unit = .month,
            zone: String = "UTC",
            metric: SLAMetric? = nil
        ) {
            self.span = span
            self.dimensions = dimensions
            self.unit = unit
            self.zone = zone
            self.metric = metric
        }
    }

    /// - Throws: ``UseCaseError/invalid(_:)`` for a time, a zone or a number of periods or rows that is not possible; ``StoreError``.
    public func report(_ query: Query, in tenant: TenantID) async throws -> SLAReport {
        let zone: TimeZoneRules
        do {
            zone = try zones.zone(named: query.zone)
        } catch {
            throw Self.invalid("unknown_zone", "tz is not a zone of the IANA database")
        }
        guard query.span.upperBound.microseconds(since: query.span.lowerBound) <= SLAReport.maximumSpan else {
            throw Self.invalid("out_of_range", "a report covers at most ten years")
        }
        let unit = query.dimensions.contains(.period) ? query.unit : nil
        guard let periods = ReportPeriods(query.span, by: unit, in: zone) else {
            throw Self.invalid("out_of_range", "a report has at most \(ReportPeriods.maximumCount) periods, between the years 1900 and 2299")
        }
        let statement = CountOutcomes(
            tenant: tenant,
            span: query.span,
            periods: periods,
            dimensions: query.dimensions,
            metric: query.metric,
            limit: SLAReport.maximumRows + 1
        )
        var request = TenantUnit(tenant)
        let time = request.add(ReadTime())
        let rows = request.add(statement)
        let result = try await environment.database.run(request)
        let found = try result.rows(rows)
        guard found.count <= SLAReport.maximumRows, let now = try result.first(time) else {
            throw Self.invalid("too_many", "more than \(SLAReport.maximumRows) rows: ask for a shorter time, or for less detail")
        }
        return SLAReport(span: query.span, dimensions: query.dimensions, periods: periods, asOf: now, rows: found)
    }

    private static func invalid(_ code: String, _ detail: String) -> UseCaseError { .invalid([FieldProblem("", code: code, detail: detail)]) }
}
