/// One command of a unit on the wire, between two Syncs.
enum PipelineStep {
    /// DEALLOCATE of a name whose plan became stale, or DISCARD PLANS.
    case upkeep
    /// Parse of a statement type under the name with this number.
    case parse(any Statement.Type, serial: Int)
    /// BEGIN, COMMIT or ROLLBACK.
    case control(any Statement.Type, serial: Int)
    /// A statement of the unit; the number is that of its prepared name, or nil for plain text.
    case entry(Int, serial: Int?)
}
