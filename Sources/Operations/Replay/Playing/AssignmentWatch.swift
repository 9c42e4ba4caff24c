import Domain

/// Reads the change feed and tells who waits for a ticket's assignment.
actor AssignmentWatch {
    /// Assignments that nobody has asked for yet are kept up to this number; those beyond it are found by looking at the ticket.
    private static let maximumKept = 100_000
    private static let wait = 20
    private static let limit = 200

    /// An assignment as the feed tells it.
    struct Assignment: Hashable, Sendable {
        /// Microseconds from the ticket's creation, by the server's clock; nil where the creation was not seen.
        let latency: Int64?
    }

    private let client: ReplayClient
    private var created: [String: Timestamp] = [:]
    private var assigned: [String: Assignment] = [:]
    private var waiting: [String: AsyncStream<Assignment>.Continuation] = [:]
    private var cursor: String?

    init(client: ReplayClient) {
        self.client = client
    }

    /// Passes over what happened before the replay. To be called once, first.
    func skipPast() async throws {
        while try await read(waiting: 0, keeping: false) {}
    }

    /// Reads on until cancelled.
    func follow() async throws {
        while true {
            _ = try await read(waiting: Self.wait, keeping: true)
        }
    }

    /// - Returns: nil where the time is over before the ticket is assigned.
    nonisolated func assignment(of ticket: String, within limit: Duration) async -> Assignment? {
        let arrivals = await arrivals(of: ticket)
        let result = await withTaskGroup(of: Assignment?.self) { group in
            group.addTask {
                for await assignment in arrivals { return assignment }
                return nil
            }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        await forget(ticket)
        return result
    }

    private func arrivals(of ticket: String) -> AsyncStream<Assignment> {
        let (stream, continuation) = AsyncStream.makeStream(of: Assignment.self, bufferingPolicy: .bufferingOldest(1))
        if let known = assigned.removeValue(forKey: ticket) {
            continuation.yield(known)
        } else {
            waiting[ticket] = continuation
        }
        return stream
    }

    private func forget(_ ticket: String) {
        waiting.removeValue(forKey: ticket)?.finish()
    }

    /// - Returns: whether there is more to be read at once.
    private func read(waiting seconds: Int, keeping isKept: Bool) async throws -> Bool {
        let place = cursor.map { "&after=" + ReplayRequest.escape($0) } ?? ""
        let request = ReplayRequest.get("/v1/events?limit=\(Self.limit)&wait=\(seconds)\(place)")
        let response = try await client.answer(to: request, allowing: .seconds(seconds))
        guard response.status == 200 else { throw ReplayError(response, to: request) }
        let page = try response.decode(FeedPage.self, from: request)
        cursor = page.next_cursor
        if isKept { for event in page.data { take(event) } }
        return page.has_more
    }

    private func take(_ event: FeedPage.Event) {
        switch event.type {
        case "ticket.created":
            if created.count < Self.maximumKept { created[event.ticket_id] = Timestamp(event.at) }
        case "ticket.assigned":
            let start = created.removeValue(forKey: event.ticket_id)
            let latency = start.flatMap { start in Timestamp(event.at).map { $0.microseconds(since: start) } }
            let assignment = Assignment(latency: latency)
            if let waiter = waiting[event.ticket_id] {
                waiter.yield(assignment)
            } else if assigned.count < Self.maximumKept {
                assigned[event.ticket_id] = assignment
            }
        default: break
        }
    }
}
