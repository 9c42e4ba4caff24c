/// Whose turn it is: deficit round robin over the tenants with waiting work (routing.md H; Shreedhar and Varghese 1995), for turns beside each other.
///
/// A tenant in turn may spend the quantum times its plan weight; then the next has its turn. A tenant that floods its queue only makes its own wait
/// longer.
///
/// A tenant leaves the round while its turn is under way, and joins at its end, behind those that came meanwhile. What the round went on by until then is
/// credited to it: else those with long turns would come up less often, and the less so the more turns there are beside each other.
public struct DeficitRoundRobin: Sendable {
    /// What a tenant may do now.
    public struct Turn: Hashable, Sendable {
        public let tenant: TenantID
        /// The most tickets to take up, at least 1.
        public let allowance: Int
    }

    private struct Account {
        var weight: Int
        /// Beside that of the next visit; below zero what it owes.
        var credit = 0
        /// Of its turn that is under way.
        var allowance: Int?
        /// Whether it has waiting work beside that of its turn.
        var isWaiting = false
        /// How many turns had begun when it left the round, where it is credited with what it misses.
        var left: Int?
        var wasCutShort = false
    }

    /// The most visits for which a tenant is passed over.
    private static let longestDebt = 20
    /// The most visits that are made up for where a turn was cut short.
    private static let longestCredit = 4

    private let quantum: Int
    private var accounts: [TenantID: Account] = [:]
    /// The waiting tenants whose turn is not under way, in the order of their visits, from `head` on; those before it are done with.
    private var round: [TenantID] = []
    private var head = 0
    private var begun = 0
    private var waitingCount = 0
    /// How many turns are under way.
    public private(set) var runningCount = 0

    /// - Parameter quantum: tickets for each unit of plan weight and visit.
    public init(quantum: Int = 50) {
        self.quantum = max(1, quantum)
    }

    /// Whether nobody waits and no turn is under way.
    public var isIdle: Bool { waitingCount == 0 && runningCount == 0 }

    /// A tenant has waiting work; one that is in the round already keeps its place and only takes on the weight.
    ///
    /// - Parameter weight: the plan's weight, at least 1.
    public mutating func activate(_ tenant: TenantID, weight: Int = 1) {
        var account = account(of: tenant, weight: weight)
        if !account.isWaiting {
            account.isWaiting = true
            waitingCount += 1
            if account.allowance == nil { join(tenant, &account) }
        }
        accounts[tenant] = account
    }

    /// Begins the next turn; nil where nobody waits whose turn is not under way.
    public mutating func next() -> Turn? {
        while let tenant = visited(), var account = accounts[tenant] {
            account.credit += visit(of: account)
            if account.credit > 0 {
                let turn = Turn(tenant: tenant, allowance: account.credit)
                account.isWaiting = false
                waitingCount -= 1
                start(&account, allowance: turn.allowance)
                accounts[tenant] = account
                return turn
            }
            accounts[tenant] = account
            round.append(tenant)
        }
        return nil
    }

    /// Books a turn that began without having been asked for: while nobody waited, and nothing was under way.
    ///
    /// - Parameter allowance: the most tickets that it may take up.
    public mutating func begin(_ tenant: TenantID, weight: Int, allowance: Int) {
        var account = account(of: tenant, weight: weight)
        guard account.allowance == nil, !account.isWaiting else { return }
        start(&account, allowance: allowance)
        accounts[tenant] = account
    }

    /// Books the end of a turn.
    ///
    /// - Parameters:
    ///   - tenant: one whose turn is under way; another one is ignored.
    ///   - spent: tickets taken up, whether or not they found an agent: that is the work which tenants share. What it took beyond its allowance is made
    ///     up for by visits that pass, as long as others wait.
    ///   - hasMore: whether the tenant has further tickets worth looking at now. Credit is not saved up for a burst later.
    ///   - isCutShort: whether another dispatcher kept it from spending all: that is added to its next turn, up to some visits' worth, as is what it misses
    ///     until it is back. The longer a tenant's turns are the more often dispatchers meet at its queues, and without it weights would count for less the
    ///     more dispatchers there are.
    public mutating func finish(_ tenant: TenantID, spent: Int, hasMore: Bool, isCutShort: Bool = false) {
        guard var account = accounts[tenant], let allowance = account.allowance else { return }
        account.allowance = nil
        runningCount -= 1
        if account.isWaiting { waitingCount -= 1 }
        account.isWaiting = false
        if isIdle {
            // Nobody else: no debts.
            accounts = [:]
        } else {
            account.credit = credit(of: account, left: allowance - max(0, spent), isCutShort: isCutShort)
            account.wasCutShort = isCutShort
            if !hasMore && !isCutShort { account.left = nil }
            accounts[tenant] = account.credit == 0 && account.left == nil ? nil : account
        }
        if hasMore { activate(tenant, weight: account.weight) }
    }

    private func credit(of account: Account, left: Int, isCutShort: Bool) -> Int {
        if left < 0 { return max(left, -Self.longestDebt * visit(of: account)) }
        return isCutShort ? min(left, Self.longestCredit * visit(of: account)) : 0
    }

    private func visit(of account: Account) -> Int { quantum * account.weight }

    private func account(of tenant: TenantID, weight: Int) -> Account {
        let weight = min(max(weight, 1), RoutingLoad.maximumUnits)
        guard var account = accounts[tenant] else { return Account(weight: weight) }
        account.weight = weight
        return account
    }

    private mutating func start(_ account: inout Account, allowance: Int) {
        account.allowance = allowance
        account.credit = 0
        begun += 1
        account.left = begun
        runningCount += 1
    }

    /// Puts a tenant at the end of the round, with its part of a visit for the turns that began since it left.
    ///
    /// In a round of `n` it has one turn in `n`; where it missed `m` before it joined it would be one in `n + m`. Where nobody else waits it has its turn at once.
    private mutating func join(_ tenant: TenantID, _ account: inout Account) {
        round.append(tenant)
        guard let left = account.left else { return }
        account.left = nil
        let (count, visit) = (round.count - head, visit(of: account))
        // Whoever is back at once gets one visit at most: the others are not to wait for a turn that is several times as long.
        let most = account.wasCutShort ? Self.longestCredit : 1
        let missed = count > 1 ? visit * min(begun - left, most * count) / count : 0
        account.credit = min(account.credit + missed, Self.longestCredit * visit)
    }

    /// Takes the tenant out of the round whose visit it is.
    private mutating func visited() -> TenantID? {
        guard head < round.count else { return nil }
        let tenant = round[head]
        head += 1
        // Moves the round to the front at times, so that each visit costs constant time on average.
        if head > 64 && head * 2 > round.count {
            round.removeFirst(head)
            head = 0
        }
        return tenant
    }
}
