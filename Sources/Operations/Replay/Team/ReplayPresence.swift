/// Keeps agents present for as long as a replay runs.
struct ReplayPresence: Sendable {
    /// The longest lease there is, in seconds.
    static let lease = 3_600
    private static let interval = Duration.seconds(1_200)

    let client: ReplayClient
    let agents: [String]

    /// Says once that they are there.
    func announce() async throws {
        struct Presence: Encodable, Sendable {
            var status = "online"
            var lease_seconds = ReplayPresence.lease
        }
        _ = try await BoundedTasks.map(agents, limit: 4) { agent in
            try await client.send(.put("/v1/agents/\(agent)/presence", Presence()))
        }
    }

    /// Repeats it well within the lease, until cancelled.
    func keep() async throws {
        while true {
            try await Task.sleep(for: Self.interval)
            try await announce()
        }
    }
}
