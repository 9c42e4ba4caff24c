public import Store

/// Tells engines that there may be work for them. Hints: engines look by themselves, too (design.md 3).
///
/// Each stream gives the hints from now on and keeps at most one that was not taken. It ends when its task is cancelled.
public protocol WorkSignals: Sendable {
    /// Something may be assignable.
    func routing() -> AsyncStream<Void>
    /// A timer was armed earlier than those before.
    func timers() -> AsyncStream<Void>
    /// Something is to be delivered.
    func deliveries() -> AsyncStream<Void>
    /// A test clock was moved.
    func clock() -> AsyncStream<Void>
}

extension WakeUpSource: WorkSignals {
    public func routing() -> AsyncStream<Void> { wakeUps(on: .routing) }
    public func timers() -> AsyncStream<Void> { wakeUps(on: .timers) }
    public func deliveries() -> AsyncStream<Void> { wakeUps(on: .outbox) }
    public func clock() -> AsyncStream<Void> { wakeUps(on: .clock) }
}
