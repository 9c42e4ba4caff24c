/// An incident log as it was read.
struct IncidentLog: Hashable, Sendable {
    /// A row that was passed over.
    struct SkippedRow: Hashable, Sendable, CustomStringConvertible {
        let line: Int
        let reason: String

        var description: String { "line \(line): \(reason)" }
    }

    /// In the order in which they were opened; of the same minute, in the order of the log.
    let incidents: [Incident]
    /// Every group that the log names, sorted.
    let groups: [String]
    /// The groups in which each agent worked.
    let groupsByAgent: [String: Set<String>]
    let skipped: [SkippedRow]
}
