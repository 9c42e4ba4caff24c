public import Domain

/// A batch of assignments among the statements of a pass: written by ``CommitAssignment`` where it is one, by ``CommitAssignments`` where there are more.
public struct AssignmentCommit: Sendable {
    private enum Form {
        case one(StatementHandle<CommitAssignment>)
        case many(StatementHandle<CommitAssignments>)
    }

    /// The tickets that are to be assigned; the guard may refuse some.
    public let tickets: [TicketID]
    private let form: Form

    /// Adds the batch to the statements.
    public init(_ batch: AssignmentBatch, to statements: inout StatementList) {
        tickets = batch.assignments.map(\.assignment.ticket)
        form = CommitAssignment(batch).map { .one(statements.add($0)) } ?? .many(statements.add(CommitAssignments(batch)))
    }

    /// The tickets that were assigned.
    public func accepted(in result: StoreResult) throws -> Set<TicketID> {
        switch form {
        case .one(let handle): Set(try result.rows(handle))
        case .many(let handle): Set(try result.rows(handle))
        }
    }
}
