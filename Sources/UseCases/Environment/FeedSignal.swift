public import Store

/// Tells readers of the change feed who wait that there may be something new. A hint: readers look by themselves too.
public protocol FeedSignal: Sendable {
    /// The hints from now on; keeps at most one that was not taken. Ends when the task is cancelled.
    func hints() -> AsyncStream<Void>
}

extension WakeUpSource: FeedSignal {
    public func hints() -> AsyncStream<Void> { wakeUps(on: .events) }
}
