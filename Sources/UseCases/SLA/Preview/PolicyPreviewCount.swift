import Domain
import Store

/// Counts what a proposal does to one ticket after the other. Pure.
struct PolicyPreviewCount {
    private let keeper: PromiseKeeper
    private let before: TenantConfiguration
    private let after: TenantConfiguration
    /// What a ticket without a history has.
    let noClocks: ReplayedClocks
    /// The id that stands for the proposed new policy.
    private let newPolicy: SLAPolicyID
    private let now: Timestamp
    private let sampleSize: Int
    private(set) var preview = PolicyPreview()
    private var shares: [SLAPolicyID?: PolicyPreview.Share] = [:]

    init(before: TenantConfiguration, after: TenantConfiguration, newPolicy: SLAPolicyID, rules: TicketRules, now: Timestamp, sampleSize: Int) {
        self.before = before
        self.after = after
        self.newPolicy = newPolicy
        self.now = now
        self.sampleSize = sampleSize
        keeper = PromiseKeeper(configuration: after, rules: rules)
        noClocks = ReplayedClocks(engine: after.promises.engine, lifecycle: rules.lifecycle)
    }

    /// Whether the ticket's history is needed: it has no clocks, and would get some.
    func needsHistory(_ row: LoadPreviewTickets.Row) -> Bool { !row.hasLedger && policy(of: row.ticket, in: after) != nil }

    /// - Parameter made: its clocks as its history gives them, where that was needed and read.
    mutating func add(_ row: LoadPreviewTickets.Row, made: ReplayedClocks?) {
        preview.examined += 1
        count(policy(of: row.ticket, in: before), policy(of: row.ticket, in: after))
        guard row.ledger != nil || made != nil else {
            if row.hasLedger || needsHistory(row) { preview.unmeasured += 1 }
            return
        }
        let situation = PromiseSituation(ledger: row.ledger, runs: [])
        do {
            guard let (_, promises) = try keeper.reevaluate(row.ticket, situation: situation, made: made, at: now) else { return }
            preview.changedTickets += 1
            // What is overdue anyway is none of the proposal's.
            preview.breachedTimers += promises.firings.count { $0.threshold == .breach && $0.cause == .retarget }
            compare(row.ledger, promises.ledger ?? row.ledger, of: row.ticket)
        } catch {
            preview.unmeasured += 1
        }
    }

    func finished() -> PolicyPreview {
        var preview = preview
        let order = (before.promises.policies + after.promises.policies).sorted { ($0.position, $0.reference.id) < ($1.position, $1.reference.id) }
        var told: Set<SLAPolicyID> = []
        preview.shares = order.compactMap { told.insert($0.reference.id).inserted ? shares[$0.reference.id] : nil } + [shares[nil]].compactMap(\.self)
        return preview
    }

    private func policy(of ticket: Ticket, in configuration: TenantConfiguration) -> SLAPolicyID? {
        configuration.promises.matcher.policy(for: configuration.promises.fieldValues(of: ticket))?.reference.id
    }

    private mutating func count(_ old: SLAPolicyID?, _ new: SLAPolicyID?) {
        for id in Set([old, new]) where shares[id] == nil {
            let name = (after.promises.policies + before.promises.policies).first { $0.reference.id == id }?.definition.name
            shares[id] = PolicyPreview.Share(policy: id == newPolicy ? nil : id, name: name)
        }
        shares[old]?.before += 1
        shares[new]?.after += 1
    }

    private mutating func compare(_ old: SLALedger?, _ new: SLALedger?, of ticket: Ticket) {
        let known = old?.promised ?? []
        for timer in new?.promised ?? [] {
            let former = known.first { $0.metric == timer.metric && $0.instance == timer.instance }
            let (isLive, wasLive) = (Self.isLive(timer), former.map(Self.isLive) ?? false)
            guard isLive || wasLive else { continue }
            if !isLive {
                guard timer.state == .cancelled else { continue }
                preview.cancelledTimers += 1
            } else if !wasLive {
                preview.promisedTimers += 1
            } else if former?.promise?.target != timer.promise?.target || former?.dueAt != timer.dueAt || former?.breachAt != timer.breachAt {
                preview.changedTimers += 1
            } else {
                continue
            }
            guard preview.sample.count < sampleSize else { continue }
            preview.sample.append(
                PolicyPreview.Change(
                    ticket: ticket.id,
                    number: ticket.number,
                    metric: timer.metric,
                    instance: timer.instance,
                    before: PolicyPreview.Side(former),
                    after: PolicyPreview.Side(timer)
                )
            )
        }
    }

    private static func isLive(_ timer: SLATimer) -> Bool { timer.endedAt == nil && timer.cancellation == nil }
}
