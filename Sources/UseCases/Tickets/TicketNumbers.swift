public import Domain
public import Store

/// Hands out ticket numbers from small blocks: one row update for many tickets, and nobody waits for another's commit (design.md 5).
///
/// A block grows with demand, from 1 to 64; what a process holds when it ends becomes a gap, which numbers may have (features.md A1.2).
public actor TicketNumbers {
    private struct Block {
        var next: Int64
        var end: Int64
        var size: Int64
    }

    private let database: Database
    private var blocks: [TenantID: Block] = [:]
    /// One request for a block at a time per tenant; the others wait for it.
    private var pending: [TenantID: Task<Void, any Error>] = [:]

    static let largestBlock: Int64 = 64
    static let maximumTenants = 10_000

    public init(database: Database) {
        self.database = database
    }

    /// The next free number of a tenant.
    ///
    /// - Throws: ``StoreError``; ``UseCaseError/notFound`` for a tenant that does not exist.
    public func next(for tenant: TenantID) async throws -> Int64 {
        while true {
            if var block = blocks[tenant], block.next < block.end {
                let number = block.next
                block.next += 1
                blocks[tenant] = block
                return number
            }
            try await refill(tenant)
        }
    }

    private func refill(_ tenant: TenantID) async throws {
        if let running = pending[tenant] { return try await running.value }
        let size = min(Self.largestBlock, max(1, (blocks[tenant]?.size ?? 0) * 2))
        // Owned by `pending` until it ends; unstructured so that the cancellation of the first caller does not fail the others that wait for it.
        // It stores the block itself: whoever waits for it finds the block when it is resumed.
        let task = Task {
            defer { pending[tenant] = nil }
            let first = try await Self.take(size, for: tenant, from: database)
            if blocks.count >= Self.maximumTenants { blocks.removeAll(keepingCapacity: true) }
            blocks[tenant] = Block(next: first, end: first + size, size: size)
        }
        pending[tenant] = task
        try await task.value
    }

    private static func take(_ count: Int64, for tenant: TenantID, from database: Database) async throws -> Int64 {
        guard let first = try await database.first(TakeTicketNumbers(tenant: tenant, count: count), of: tenant) else { throw UseCaseError.notFound }
        return first
    }
}
