/// Whose turn it is: deficit round robin over the tenants with waiting work (routing.md H; Shreedhar and Varghese 1995).
///
/// A tenant in turn may spend the quantum times its plan weight, in as many batches as that takes; then the next has its turn. A tenant that
/// floods its queue only makes its own wait longer.
public struct DeficitRoundRobin: Sendable {
    /// What a tenant may do now.
    public struct Turn: Hashable, Sendable {
        public let tenant: TenantID
        /// The most tickets to take up, at least 1.
        public let allowance: Int
    }

    private struct Account {
        var weight: Int
        var credit = 0
    }

    public let quantum: Int
    /// The most tickets of one turn; more credit is given out in several turns in a row.
    public let batchLimit: Int
    private var accounts: [TenantID: Account] = [:]
    /// The waiting tenants; the one at `head` is in turn, those before it are done with.
    private var ring: [TenantID] = []
    private var head = 0
    /// Whether the tenant at the head has been given its quantum for this visit.
    private var isCredited = false

    /// - Parameters:
    ///   - quantum: tickets for each unit of plan weight and visit.
    ///   - batchLimit: the most tickets of one turn.
    public init(quantum: Int = 50, batchLimit: Int = RoutingPool.batchLimit) {
        self.quantum = max(1, quantum)
        self.batchLimit = max(1, batchLimit)
    }

    public var isEmpty: Bool { accounts.isEmpty }

    /// A tenant has waiting work; one that is already in the ring keeps its place and only takes on the weight.
    ///
    /// - Parameters:
    ///   - weight: the plan's weight, at least 1.
    ///   - debt: what it took beyond its allowance before it left the ring; its turns are passed over until that is made up for. Below zero: what it was kept
    ///     from, which its first turn may take up besides.
    public mutating func activate(_ tenant: TenantID, weight: Int = 1, owing debt: Int = 0) {
        let weight = min(max(weight, 1), RoutingLoad.maximumUnits)
        if accounts[tenant] == nil {
            accounts[tenant] = Account(weight: weight, credit: -debt)
            ring.append(tenant)
        } else {
            accounts[tenant]?.weight = weight
        }
    }

    /// The tenant in turn, or nil where nobody waits. Asking again without ``finish(_:spent:hasMore:)`` gives the same answer.
    public mutating func next() -> Turn? {
        while head < ring.count, var account = accounts[ring[head]] {
            if !isCredited {
                account.credit += quantum * account.weight
                accounts[ring[head]] = account
                isCredited = true
            }
            if account.credit > 0 { return Turn(tenant: ring[head], allowance: min(account.credit, batchLimit)) }
            ring.append(ring[head])
            advance()
        }
        return nil
    }

    /// Books a turn.
    ///
    /// - Parameters:
    ///   - tenant: the one that was in turn; another one is ignored.
    ///   - spent: tickets taken up, whether or not they found an agent: that is the work which tenants share.
    ///   - hasMore: whether the tenant has further tickets worth looking at now. False takes it out of the ring, and its credit with it.
    public mutating func finish(_ tenant: TenantID, spent: Int, hasMore: Bool) {
        guard head < ring.count, ring[head] == tenant, var account = accounts[tenant] else { return }
        account.credit -= max(0, spent)
        if !hasMore {
            accounts[tenant] = nil
            advance()
        } else if account.credit > 0 && spent > 0 {
            accounts[tenant] = account
        } else {
            // A turn without any work ends the visit too: else a tenant could keep the head for nothing. Credit is not saved up for a burst
            // later; a turn that took more than it was allowed is owed.
            account.credit = min(0, account.credit)
            accounts[tenant] = account
            ring.append(tenant)
            advance()
        }
    }

    private mutating func advance() {
        head += 1
        isCredited = false
        // Moves the ring to the front at times, so that each turn costs constant time on average.
        if head > 64 && head * 2 > ring.count {
            ring.removeFirst(head)
            head = 0
        }
    }
}
