import Domain
import Store

/// Lets the entries of those who wait follow an edit of their queue (decision 47): their places, classes, and the times at which they relax and move on. A part at a time, each in
/// a transaction of its own behind a pass, so that a long queue goes on giving out its tickets meanwhile.
///
/// Parts follow the order of the queue. What is made or moved meanwhile was written by the configuration that holds now, or by a command that was under way when it
/// began: then nothing is noted at the end, and the signal of that command begins it once more.
struct QueueFollowing: Sendable {
    let environment: UseCaseEnvironment

    struct Outcome: Sendable {
        /// Entries looked at.
        var examined = 0
        /// Whether more are to come, or something was written that nobody has looked at.
        var hasMore = false
        /// Whether it got on; not where somebody works on the next entry.
        var isStalled = false
        /// Tickets that cannot be read: their entries stay as they are, and keep no other from following.
        var unreadable: [UnreadableTicket] = []
    }

    /// Does one part; nothing where all entries are right, or somebody else holds the lane.
    func run(_ queue: QueueID, of tenant: TenantID) async throws -> Outcome {
        try await environment.configurations.withConfiguration(of: tenant) { try await attempt(queue, $0) }
    }

    private func attempt(_ queue: QueueID, _ configuration: TenantConfiguration) async throws -> Outcome {
        let tenant = configuration.tenant
        let seconds = configuration.overflow(of: queue)?.afterSeconds ?? 0
        var first = TenantUnit(tenant)
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let lane = first.add(TakeFollowing(tenant: tenant, queue: queue))
        // Once more: an edit that held the lane may have ended in between, and what it asks for must not be taken for done by the version before it. Not behind the lane
        // alone: whoever waits for the version's lock must not hold a lane that an edit waits for.
        first.add(RequireConfiguration(tenant: tenant, version: configuration.version))
        let settled = first.add(ConfigurationIsSettled(tenant: tenant, version: configuration.version))
        let time = first.add(ReadTime())
        return try await environment.database.transaction(first) { transaction, result in
            guard let lane = try result.first(lane), lane.overflowSeconds != seconds, let now = try result.first(time) else { return Outcome() }
            let isSettled = lane.place == nil ? try result.first(settled) == true : lane.isSettled
            let part = try await transaction.rows(of: LoadEntriesInOrder(tenant: tenant, queue: queue, after: lane.place))
            let expected = try await transaction.expected(part, at: now, configuration: configuration)
            let others = expected.entries.filter(\.isOther)
            let written = try await write(others, in: queue, of: tenant, at: now, transaction)
            let left = Set(others.map(\.stored.ticket)).subtracting(written)
            // Whoever was not written is looked at once more.
            let end = part.firstIndex { left.contains($0.ticket) } ?? part.endIndex
            let isDone = end == part.endIndex && part.count < LoadEntriesInOrder.limit
            let place = isDone ? nil : end == 0 ? lane.place : part[end - 1].place
            let hasMore = !isDone || !written.isEmpty
            var statements = StatementList()
            statements.add(
                SetFollowing(tenant: tenant, queue: queue, seconds: isDone && isSettled ? seconds : nil, place: place, isSettled: isSettled)
            )
            if hasMore { statements.add(SignalQuietQueue(tenant: tenant, queue: queue, id: environment.identifiers.next())) }
            _ = try await transaction.commit(statements)
            return Outcome(
                examined: part.count,
                hasMore: hasMore,
                isStalled: hasMore && written.isEmpty && end == 0,
                unreadable: expected.unreadable
            )
        }
    }

    private func write(
        _ others: [ExpectedEntry],
        in queue: QueueID,
        of tenant: TenantID,
        at now: Timestamp,
        _ transaction: TenantTransaction
    ) async throws -> Set<TicketID> {
        guard !others.isEmpty else { return [] }
        let times = others.map { $0.looksAt(now: now) }
        let follow = FollowEntries(tenant: tenant, queue: queue, entries: others.map(\.entry), times: times)
        return Set(try await transaction.rows(of: follow))
    }
}
