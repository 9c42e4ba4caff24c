public import Domain
import Store

/// Counts how promises were kept, from what happened: a late scheduler changes no figure.
public struct SLAReports: Sendable {
    private let environment: UseCaseEnvironment
    private let zones: any TimeZoneSource
    private let pieceSize: Int
    private let gate = ReportGate()

    /// Timers that one statement counts: some tenths of a second, however many a report has. A year of a large desk is tens of millions.
    public static let pieceSize = 100_000

    /// - Parameters:
    ///   - zones: where the zones of periods come from.
    ///   - pieceSize: timers that one statement counts.
    public init(environment: UseCaseEnvironment, zones: any TimeZoneSource, pieceSize: Int = Self.pieceSize) {
        self.environment = environment
        self.zones = zones
        self.pieceSize = max(1, pieceSize)
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

    /// - Throws: ``UseCaseError/busy`` where too many reports are under way; ``UseCaseError/invalid(_:)`` for a time, a zone or a number of periods or rows that is not possible; ``StoreError``.
    public func report(_ query: Query, in tenant: TenantID) async throws -> SLAReport {
        let zone: TimeZoneRules
        do {
            zone = try zones.zone(named: query.zone)
        } catch {
            throw Self.invalid("/tz", .unknownZone, "tz is not a zone of the IANA database")
        }
        guard query.span.upperBound.microseconds(since: query.span.lowerBound) <= SLAReport.maximumSpan else {
            throw Self.invalid("/to", .outOfRange, "a report covers at most ten years")
        }
        guard CalendarYears.range.contains(query.span.lowerBound) else { throw Self.invalid("/from", .outOfRange, Self.yearsDetail) }
        guard query.span.upperBound <= CalendarYears.range.upperBound else { throw Self.invalid("/to", .outOfRange, Self.yearsDetail) }
        let unit = query.dimensions.contains(.period) ? query.unit : nil
        guard let periods = ReportPeriods(query.span, by: unit, in: zone) else {
            throw Self.invalid("/period", .outOfRange, "a report has at most \(ReportPeriods.maximumCount) periods")
        }
        return try await gate.run(for: tenant) {
            var first = TenantUnit(tenant)
            let time = first.add(ReadTime())
            // One snapshot: a timer that goes on meanwhile is neither counted twice nor missed.
            return try await environment.database.snapshot(first) { transaction, result in
                guard let now = try result.first(time) else { throw UseCaseError.busy }
                let counting = OutcomeCounting(
                    tenant: tenant,
                    periods: periods,
                    dimensions: query.dimensions,
                    metric: query.metric,
                    now: now,
                    limit: SLAReport.maximumRows + 1
                )
                let rows = try await count(query.span, of: tenant, counting, in: transaction)
                return SLAReport(span: query.span, dimensions: query.dimensions, periods: periods, asOf: now, rows: rows)
            }
        }
    }

    private func count(
        _ span: Range<Timestamp>,
        of tenant: TenantID,
        _ counting: OutcomeCounting,
        in transaction: TenantTransaction
    ) async throws -> [SLAReport.Row] {
        var counts: [SLAReport.Key: SLAReport.Counts] = [:]
        func add(_ rows: [SLAReport.Row]) throws {
            for row in rows { counts[row.key, default: SLAReport.Counts()].add(row.counts) }
            guard counts.count <= SLAReport.maximumRows else {
                throw Self.invalid("/to", .tooMany, "more than \(SLAReport.maximumRows) rows: ask for a shorter time, or for less detail")
            }
        }
        try add(try await transaction.rows(of: CountOverdue(span, counting)))
        var position = span.lowerBound
        while position < span.upperBound {
            let rest = position..<span.upperBound
            let end = try await transaction.first(of: FindPieceEnd(tenant: tenant, span: rest, size: pieceSize)) ?? span.upperBound
            // More timers of one instant than a piece holds are counted together.
            let piece = position..<max(end, position.adding(microseconds: 1))
            try add(try await transaction.rows(of: CountOutcomes(piece, counting)))
            position = piece.upperBound
        }
        return SLAReport.rows(counts)
    }

    private static let yearsDetail = "a report lies between the years 1900 and 2299"

    /// - Parameter pointer: what of the query it is.
    private static func invalid(_ pointer: String, _ code: FieldProblem.Code, _ detail: String) -> UseCaseError {
        .invalid([FieldProblem(pointer, code: code, detail: detail)])
    }
}
