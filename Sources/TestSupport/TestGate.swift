/// Lets so many tests at a time through, in the order in which they came: all share one server and few cores.
public actor TestGate {
    private var free: Int
    private var waiters: [CheckedContinuation<Void, Never>] = []

    public init(width: Int) {
        free = width
    }

    /// Runs the body when there is room for it.
    public func pass<Result: Sendable>(_ body: @Sendable () async throws -> Result) async throws -> Result {
        await enter()
        defer { leave() }
        return try await body()
    }

    public func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiters.append($0) }
        }
    }

    public func leave() {
        if waiters.isEmpty {
            free += 1
        } else {
            waiters.removeFirst().resume()
        }
    }
}
