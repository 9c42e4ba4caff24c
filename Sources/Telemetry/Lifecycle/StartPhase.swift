import Synchronization

/// How far a process has come when a signal arrives.
final class StartPhase: Sendable {
    enum Value: Sendable {
        case preparing
        case serving
        /// So many signals came before it served.
        case interrupted(Int)
    }

    private let value = Mutex(Value.preparing)

    var isInterrupted: Bool {
        if case .interrupted = value.withLock({ $0 }) { true } else { false }
    }

    /// - Returns: false where a signal came first.
    func beginServing() -> Bool {
        value.withLock { value in
            guard case .preparing = value else { return false }
            value = .serving
            return true
        }
    }

    /// Counts a signal.
    ///
    /// - Returns: what holds now.
    func take() -> Value {
        value.withLock { value in
            switch value {
            case .preparing: value = .interrupted(1)
            case .interrupted(let count): value = .interrupted(count + 1)
            case .serving: break
            }
            return value
        }
    }
}
