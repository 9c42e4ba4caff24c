/// What `docket doctor` looks at, in the order in which it reports.
public enum DoctorCheck: String, CaseIterable, Hashable, Sendable, Codable {
    /// The server's version, and whether it takes writes.
    case server
    /// Settings of the server, the database and the roles that durability and isolation stand on.
    case settings
    /// The fixed login roles and what they may do (security.md 1).
    case roles
    /// The policies of every tenant table against the one template (security.md 1).
    case rowSecurity = "row_security"
    /// The applied migrations against the files of this version.
    case schema
    /// Disabled triggers, unvalidated constraints, invalid indexes.
    case constraints
    /// Whether the history tables have room for the months to come.
    case partitions
    /// The database's clock, its zone, and a test clock.
    case clock
    /// Whether the change feed shows what is new: after a restore the server's transaction numbers may lie behind those of the events.
    case changeFeed = "change_feed"
    /// The time zone database against the one by which calendars were made.
    case timeZones = "time_zones"
    /// How many versions of policies and calendars tenants have, against how many are read.
    case versions
    /// Transactions that hold everybody else back.
    case transactions
    /// The room left for wake-ups.
    case notifications
    /// Every agent's load against the tickets that he has (design.md I3).
    case agentLoads = "agent_loads"
    /// Waiting tickets against the entries that dispatchers read.
    case routingEntries = "routing_entries"
    /// Tickets on hold that no agent has (decision 42).
    case onHold = "on_hold"
    /// The rows that schedulers read against the tickets' ledgers, and whether anybody fires them.
    case timers
    /// Tickets and their ledgers against the fold over their events (design.md I5).
    case histories
    /// Deliveries that are late, stuck or dead.
    case outbox
    /// Agents' presence leases.
    case presence
    /// Rows of tenants that are gone.
    case erasedTenants = "erased_tenants"
}
