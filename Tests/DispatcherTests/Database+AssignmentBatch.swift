import Domain
import Store

extension Database {
    /// Writes a batch in a transaction of its own, by the statement that a pass would use.
    ///
    /// - Returns: the tickets that were assigned.
    func accept(_ batch: AssignmentBatch) async throws -> [TicketID] {
        var unit = TenantUnit(batch.tenant)
        if let one = CommitAssignment(batch) {
            let handle = unit.add(one)
            return try await run(unit).rows(handle)
        }
        let handle = unit.add(CommitAssignments(batch))
        return try await run(unit).rows(handle)
    }
}
