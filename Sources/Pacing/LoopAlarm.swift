/// The one alarm of an engine's loop, for whatever comes first. Set for another time, it rings then and no more at the time before.
public struct LoopAlarm {
    private var task: Task<Void, Never>?
    private var number = 0
    private var time: ContinuousClock.Instant?

    public init() {}

    /// - Parameters:
    ///   - next: when it rings; nil leaves it as it is.
    ///   - ring: is given the number that ``hasRung(_:)`` asks for.
    public mutating func set(for next: ContinuousClock.Instant?, ring: @escaping @Sendable (Int) -> Void) {
        guard let next, next != time else { return }
        task?.cancel()
        number += 1
        time = next
        // Unstructured because it is replaced by the next; cancelled then and at the end.
        task = Task { [number] in
            try? await Task.sleep(until: next, clock: .continuous)
            if !Task.isCancelled { ring(number) }
        }
    }

    /// Whether the alarm of this number is the one that was set last: one that was replaced may just have rung.
    public mutating func hasRung(_ number: Int) -> Bool {
        guard number == self.number else { return false }
        time = nil
        return true
    }

    public func cancel() {
        task?.cancel()
    }
}
