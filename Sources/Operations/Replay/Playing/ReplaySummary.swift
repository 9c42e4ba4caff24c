import FoundationEssentials

/// What a replay came to: the one line on stdout (contract.md, `docket replay incidents`).
struct ReplaySummary: Sendable, Encodable {
    struct Latencies: Sendable, Encodable {
        let create: Percentiles
        let assign: Percentiles
    }

    let incidents: Int
    /// Rows of the file that could not be read.
    let rowsSkipped: Int
    let created: Int
    let assigned: Int
    let unassigned: Int
    let unassignedReasons: [String: Int]
    let priorityMatches: Int
    /// Incidents whose promises were all kept, and those with a broken one.
    let slaMet: Int
    let slaBreached: Int
    /// Incidents that kept their promise when they were recorded, for comparison: by other targets and other agents.
    let slaMetRecorded: Int
    let transitionsAccepted: Int
    /// By `from→to`.
    let transitionsRefused: [String: Int]
    /// Incidents that met with an error beside refusals.
    let failed: Int
    let latencies: Latencies
    let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case incidents
        case rowsSkipped = "rows_skipped"
        case created, assigned, unassigned
        case unassignedReasons = "unassigned_reasons"
        case priorityMatches = "priority_matches"
        case slaMet = "sla_met"
        case slaBreached = "sla_breached"
        case slaMetRecorded = "sla_met_recorded"
        case transitionsAccepted = "transitions_accepted"
        case transitionsRefused = "transitions_refused"
        case failed
        case latencies = "latency_ms"
        case seconds = "duration_s"
    }

    init(of log: IncidentLog, _ outcomes: [IncidentOutcome], duration: Duration) {
        let made = outcomes.filter { $0.ticketID != nil }
        incidents = log.incidents.count
        rowsSkipped = log.skipped.count
        created = made.count
        assigned = made.count(where: \.isAssigned)
        unassigned = created - assigned
        unassignedReasons = made.filter { !$0.isAssigned }.reduce(into: [:]) { $0[$1.unassignedReason ?? "unknown", default: 0] += 1 }
        priorityMatches = made.count(where: \.hasRecordedPriority)
        slaMet = made.count { $0.isSLAMet == true }
        slaBreached = made.count { $0.isSLAMet == false }
        slaMetRecorded = log.incidents.count(where: \.madeSLA)
        transitionsAccepted = made.reduce(0) { $0 + $1.acceptedTransitions }
        transitionsRefused = made.reduce(into: [:]) { $0.merge($1.refusedTransitions, uniquingKeysWith: +) }
        failed = outcomes.count { !$0.failures.isEmpty }
        latencies = Latencies(
            create: Percentiles(microseconds: made.compactMap(\.createMicroseconds)),
            assign: Percentiles(microseconds: made.compactMap(\.assignMicroseconds))
        )
        let milliseconds = duration / .milliseconds(1)
        seconds = milliseconds.rounded() / 1_000
    }

    var isComplete: Bool { created == incidents }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
