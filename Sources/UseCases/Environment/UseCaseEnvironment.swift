public import Domain
public import Store

/// Everything a use case reaches beyond its arguments.
public struct UseCaseEnvironment: Sendable {
    public let database: Database
    public let clock: DatabaseClock
    public let identifiers: IdentifierSource
    public let configurations: ConfigurationCache
    public let numbers: TicketNumbers
    let requesters: RequesterCache
    public let wakeUps: WakeUps
    public let rules: TicketRules
    /// Where the time zones of calendars come from.
    let zones: any TimeZoneSource

    /// - Parameter zones: where the time zones of calendars come from.
    public init(database: Database, wakeUps: WakeUps, zones: any TimeZoneSource) {
        self.database = database
        self.wakeUps = wakeUps
        self.zones = zones
        clock = DatabaseClock(database: database)
        identifiers = IdentifierSource()
        rules = TicketRules(lifecycle: .standard)
        configurations = ConfigurationCache(database: database, zones: zones, lifecycle: rules.lifecycle)
        numbers = TicketNumbers(database: database)
        requesters = RequesterCache(database: database)
    }

    /// For engines: runs their tasks on the thread that talks to the database, which saves two changes of threads a round trip. Not for what computes for long.
    public var executor: any TaskExecutor { database.executor }
}
