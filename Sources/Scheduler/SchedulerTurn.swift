import Domain

/// How a tenant's turn ended.
struct SchedulerTurnReport: Sendable {
    enum End: Sendable {
        /// Nothing is left that is due now.
        case done
        /// The batch was full.
        case more
        /// Something is due that could not be done: somebody else has the tickets, or it failed.
        case blocked
    }

    let tenant: TenantID
    let end: End
}
