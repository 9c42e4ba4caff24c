public import Domain
import Store

/// Sends what waited for the end of somebody's quiet hours, if it is still true, in the way in which he wants to hear by then
/// (docs/concepts/escalation.md, "How they hear").
public struct HeldNotices: Sendable {
    let environment: UseCaseEnvironment

    /// The most notices of a batch.
    public static let batchLimit = 1_000

    public init(environment: UseCaseEnvironment) {
        self.environment = environment
    }

    /// Takes up what is due of one tenant. One transaction: each notice goes out, waits on or is dropped once.
    ///
    /// - Parameter limit: the most notices to take up, at most ``batchLimit``.
    /// - Throws: ``StoreError``, ``UseCaseError``; nothing was done then.
    public func release(in tenant: TenantID, limit: Int = batchLimit) async throws -> HeldNoticeReport {
        let limit = min(max(limit, 1), Self.batchLimit)
        let report = try await environment.configurations.withConfiguration(of: tenant) { configuration in
            try await attempt(configuration, limit: limit)
        }
        if report.sent > 0 { environment.wakeUps.send(.outbox) }
        return report
    }

    private func attempt(_ configuration: TenantConfiguration, limit: Int) async throws -> HeldNoticeReport {
        let tenant = configuration.tenant
        var first = TenantUnit(tenant)
        let claim = first.add(ClaimHeldNotices(tenant: tenant, limit: limit))
        return try await environment.database.transaction(first) { transaction, result in
            var batch = HeldNoticeBatch(try result.rows(claim), limit: limit)
            guard !batch.rows.isEmpty else { return HeldNoticeReport() }
            var statements = StatementList()
            let time = statements.add(ReadTime())
            let tickets = statements.add(LoadReadableTickets(tenant: tenant, tickets: batch.ticketIDs))
            let ledgers = statements.add(LoadLedgers(tenant: tenant, tickets: batch.ticketIDs))
            let runs = statements.add(LoadRunsByID(tenant: tenant, ids: batch.runIDs))
            let people = statements.add(LoadEscalationPeople(tenant: tenant, tickets: [], agents: batch.agentIDs, groups: []))
            let read = try await transaction.run(statements)
            guard let now = try read.first(time) else { throw UseCaseError.busy }
            let readable = try read.rows(tickets).compactMap(\.self)
            batch.take(readable, ledgers: try read.rows(ledgers), runs: try read.rows(runs).compactMap(\.self))
            let reachable = EscalationPeople(try read.rows(people), rotas: [:], zones: configuration.promises.zones)
            let keeper = EscalationKeeper(configuration: configuration, lifecycle: environment.rules.lifecycle)
            let fates = batch.rows.map { ($0.notice, batch.fate(of: $0, people: reachable, keeper: keeper, now: now)) }
            var report = HeldNoticeReport()
            report.claimed = batch.rows.count
            report.hasMore = batch.hasMore
            _ = try await transaction.commit(write(fates, in: tenant, at: now, report: &report))
            return report
        }
    }

    private func write(
        _ fates: [(notice: HeldNotice, fate: HeldNoticeBatch.Fate)],
        in tenant: TenantID,
        at now: Timestamp,
        report: inout HeldNoticeReport
    ) -> StatementList {
        var mails: [EnqueueMail.Mail] = []
        var calls: [EnqueueEscalationWebhooks.Call] = []
        var settled: [(notice: HeldNotice, lapse: NoticeLapse?)] = []
        var waiting: [(notice: HeldNotice, until: Timestamp)] = []
        for (notice, fate) in fates {
            switch fate {
            case .mail(let mail): mails.append(EnqueueMail.Mail(id: mail.id, payload: mail.payload, ticket: notice.ticket, isGathered: true))
            case .call(let endpoint):
                let call = EnqueueEscalationWebhooks.Call(ticket: notice.ticket, sequence: notice.sequence, endpoint: endpoint, told: notice.agent)
                calls.append(call)
            case .drop(let lapse):
                settled.append((notice, lapse))
                report.dropped[lapse, default: 0] += 1
                continue
            case .wait(let end):
                waiting.append((notice, end))
                continue
            }
            settled.append((notice, nil))
        }
        report.sent = mails.count + calls.count
        report.postponed = waiting.count
        var statements = StatementList()
        if !mails.isEmpty { statements.add(EnqueueMail(tenant: tenant, mails: mails, time: now)) }
        if !calls.isEmpty { statements.add(EnqueueEscalationWebhooks(tenant: tenant, calls: calls, time: now)) }
        if !settled.isEmpty { statements.add(SettleHeldNotices(tenant: tenant, notices: settled, time: now)) }
        if !waiting.isEmpty { statements.add(PostponeHeldNotices(tenant: tenant, notices: waiting)) }
        return statements
    }
}
