/// The channels of NOTIFY. A wake-up carries nothing and is only a hint: the tables are the truth (design.md 3).
public enum WakeUpChannel: String, CaseIterable, Hashable, Sendable {
    /// Something may be assignable: for dispatchers.
    case routing = "docket_routing"
    /// A timer was armed earlier than those before: for schedulers.
    case timers = "docket_timers"
    /// Something is to be delivered: for couriers.
    case outbox = "docket_outbox"
    /// Events were committed: for readers of the change feed that wait.
    case events = "docket_events"
    /// A test clock was moved.
    case clock = "docket_clock"
}
