public import Domain
import Store

/// Where a look at many things reports what it could not do for one of them: the others are not held up by it.
public struct FailureSink: Sendable {
    public struct Failure: Sendable {
        public let tenant: TenantID
        /// Whose work it was; nil where that is not known.
        public let agent: AgentID?
        /// nil where all that was to be done for the agent failed.
        public let ticket: TicketID?
        public let error: any Error
    }

    private let report: @Sendable (Failure) -> Void

    public init(_ report: @escaping @Sendable (Failure) -> Void) {
        self.report = report
    }

    /// Does something for one ticket or agent.
    ///
    /// - Returns: nil where it failed, which was reported.
    /// - Throws: what would befall the others too: the database cannot be reached, or the task was cancelled.
    @discardableResult
    func attempt<Value>(
        _ tenant: TenantID,
        agent: AgentID? = nil,
        ticket: TicketID? = nil,
        _ body: () async throws -> Value
    ) async throws -> Value? {
        do {
            return try await body()
        } catch StoreError.unavailable(let reason) {
            throw StoreError.unavailable(reason)
        } catch {
            if Task.isCancelled { throw error }
            report(Failure(tenant: tenant, agent: agent, ticket: ticket, error: error))
            return nil
        }
    }
}
