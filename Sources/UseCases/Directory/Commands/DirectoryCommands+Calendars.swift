public import Domain
import Store

extension DirectoryCommands {
    /// Adds a calendar; its first version holds for all time before it too.
    public func createCalendar(
        _ content: CalendarContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<CalendarRecord>? = nil
    ) async throws -> WriteOutcome<CalendarRecord> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// The most versions of one calendar that wait for their time: an edit before them publishes each again.
    static let maximumScheduled = 20

    /// Edits a calendar: a new version, which holds from `effectiveFrom` on; what was before is measured as it was. Versions that begin later stay scheduled: they
    /// are published again after the new one, which so holds until the first of them begins (decision 0026). The record is that of the one that begins last.
    public func updateCalendar(
        _ id: CalendarID,
        in tenant: TenantID,
        expectedVersion: ExpectedVersions? = nil,
        idempotency: IdempotentWrite<CalendarRecord>? = nil,
        edit: @escaping @Sendable (CalendarContent) throws -> CalendarContent
    ) async throws -> WriteOutcome<CalendarRecord> {
        try await writer.update(
            id,
            in: tenant,
            expectedVersion: expectedVersion,
            idempotency: idempotency,
            sequels: { try await Self.scheduled(after: $0, in: $1) { $0 } },
            edit
        )
    }

    /// What was scheduled for a time after a new version begins.
    ///
    /// - Parameter edit: what becomes of each.
    static func scheduled(
        after change: DirectoryChange<CalendarContent>,
        in transaction: TenantTransaction,
        edit: @Sendable (CalendarDefinition) throws -> CalendarDefinition
    ) async throws -> [CalendarContent] {
        let (now, content) = (change.after.updatedAt, change.after.content)
        let since = content.effectiveFrom ?? now
        let schedule = try await transaction.rows(of: LoadCalendarSchedule(tenant: change.tenant, calendar: change.after.id, from: now))
        let later = schedule.filter { $0.since > since }
        let waiting = later.count + schedule.count { $0.since > now && $0.since < since } + 1
        guard since <= now || waiting <= maximumScheduled else {
            let detail = "at most \(maximumScheduled) versions of a calendar may be scheduled"
            throw UseCaseError.invalid([FieldProblem("/effective_from", code: .limitReached, detail: detail)])
        }
        try await checkRoom(for: later.count, tenant: change.tenant, transaction: transaction)
        return try later.map { CalendarContent(name: content.name, definition: try edit($0.definition), effectiveFrom: $0.since) }
    }

    /// Whether versions fit beside the one that was looked at already.
    private static func checkRoom(for count: Int, tenant: TenantID, transaction: TenantTransaction) async throws {
        guard count > 0 else { return }
        let most = CalendarContent.maximumVersions
        let known = try await transaction.first(of: CountContentVersions<CalendarContent>(tenant: tenant, most: most)) ?? 0
        guard known + count < most else {
            throw UseCaseError.invalid([FieldProblem("", code: .limitReached, detail: "a tenant keeps at most \(most) versions of calendars")])
        }
    }
}
