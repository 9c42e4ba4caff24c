/// How evenly tenants with a backlog get their turns (routing.md H): Jain's index over what each got done per second and unit of plan weight.
///
/// A tenant counts from the end of a turn that left more to do to the end of its next such turn: a whole wait and a whole turn. Work that ran out says nothing
/// about fairness, and neither does a tenant's first wait, which only counts towards the longest one. What is told is of the last half to whole minute.
public struct TenantFairness: Sendable {
    /// What operators see; of however many tenants, three numbers.
    public struct Summary: Hashable, Sendable {
        /// 1 where all get the same, `1 / tenants` where one gets everything; 1 where fewer than two compete.
        public let index: Double
        /// Tenants that had more to do than their turns allowed.
        public let tenants: Int
        /// The longest wait for a turn, also of those that wait still.
        public let longestWait: Duration
    }

    private struct Account {
        var weight = 1
        /// Since when it waits for a turn.
        var waitingSince: ContinuousClock.Instant?
        /// The end of its last turn, if that left more to do.
        var backlogSince: ContinuousClock.Instant?
        var isRunning = false
        /// Whether work was found during its turn.
        var isWanted = false
    }

    private struct Share {
        var spent = 0
        var seconds = 0.0
        var weight = 1

        mutating func add(_ spent: Int, over duration: Duration, weight: Int) {
            self.spent += spent
            seconds += duration / .seconds(1)
            self.weight = weight
        }

        func adding(_ other: Share) -> Share {
            Share(spent: spent + other.spent, seconds: seconds + other.seconds, weight: other.weight)
        }
    }

    /// What was measured in half a minute.
    private struct Period {
        var shares: [TenantID: Share] = [:]
        var longestWait = Duration.zero
    }

    static let period = Duration.seconds(30)
    /// From when on a wait that is not over yet counts among the shares: a tenant that gets no turn must not be left out.
    static let starving = Duration.seconds(10)

    private var accounts: [TenantID: Account] = [:]
    private var former = Period()
    private var current = Period()
    private var begin: ContinuousClock.Instant

    public init(at instant: ContinuousClock.Instant) {
        begin = instant
    }

    /// A tenant has work.
    public mutating func found(_ tenant: TenantID, weight: Int, at instant: ContinuousClock.Instant) {
        var account = accounts[tenant] ?? Account()
        account.weight = max(1, weight)
        if account.isRunning { account.isWanted = true } else if account.waitingSince == nil { account.waitingSince = instant }
        accounts[tenant] = account
    }

    /// A tenant's turn begins.
    public mutating func began(_ tenant: TenantID, at instant: ContinuousClock.Instant) {
        roll(to: instant)
        // One that comes back from a rest was not waiting for its turn.
        guard var account = accounts[tenant] else { return }
        if let since = account.waitingSince { current.longestWait = max(current.longestWait, since.duration(to: instant)) }
        account.waitingSince = nil
        account.isRunning = true
        account.isWanted = false
        accounts[tenant] = account
    }

    /// A tenant's turn ended.
    ///
    /// - Parameters:
    ///   - spent: tickets taken up.
    ///   - hasMore: whether it would have gone on.
    public mutating func ended(_ tenant: TenantID, spent: Int, hasMore: Bool, at instant: ContinuousClock.Instant) {
        roll(to: instant)
        guard var account = accounts[tenant] else { return }
        if hasMore, let since = account.backlogSince {
            current.shares[tenant, default: Share()].add(spent, over: since.duration(to: instant), weight: account.weight)
        }
        account.isRunning = false
        account.backlogSince = hasMore ? instant : nil
        account.waitingSince = hasMore || account.isWanted ? instant : nil
        accounts[tenant] = account.waitingSince == nil ? nil : account
    }

    public mutating func summary(at instant: ContinuousClock.Instant) -> Summary {
        roll(to: instant)
        var shares = former.shares.merging(current.shares) { $0.adding($1) }
        var longest = max(former.longestWait, current.longestWait)
        for (tenant, account) in accounts {
            if let since = account.waitingSince { longest = max(longest, since.duration(to: instant)) }
            guard let since = account.backlogSince, !account.isRunning, since.duration(to: instant) >= Self.starving else { continue }
            shares[tenant, default: Share()].add(0, over: since.duration(to: instant), weight: account.weight)
        }
        let rates = shares.values.filter { $0.seconds > 0 }.map { Double($0.spent) / Double($0.weight) / $0.seconds }
        return Summary(index: Self.index(rates), tenants: rates.count, longestWait: longest)
    }

    /// Jain, Chiu and Hawe 1984.
    static func index(_ rates: [Double]) -> Double {
        let sum = rates.reduce(0, +)
        guard rates.count > 1, sum > 0 else { return 1 }
        return sum * sum / (Double(rates.count) * rates.reduce(0) { $0 + $1 * $1 })
    }

    private mutating func roll(to instant: ContinuousClock.Instant) {
        let age = begin.duration(to: instant)
        guard age >= Self.period else { return }
        former = age < Self.period * 2 ? current : Period()
        current = Period()
        begin = instant
    }
}
