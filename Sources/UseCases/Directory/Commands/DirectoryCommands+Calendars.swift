public import Domain

extension DirectoryCommands {
    /// Adds a calendar; its first version holds for all time before it too.
    public func createCalendar(
        _ content: CalendarContent,
        in tenant: TenantID,
        idempotency: IdempotentWrite<CalendarRecord>? = nil
    ) async throws -> WriteOutcome<CalendarRecord> {
        try await writer.create(content, in: tenant, idempotency: idempotency)
    }

    /// Edits a calendar: a new version, which holds from `effectiveFrom` on; what was before is measured as it was.
    public func updateCalendar(
        _ id: CalendarID,
        in tenant: TenantID,
        expectedVersion: Int64? = nil,
        idempotency: IdempotentWrite<CalendarRecord>? = nil,
        edit: @escaping @Sendable (CalendarContent) throws -> CalendarContent
    ) async throws -> WriteOutcome<CalendarRecord> {
        try await writer.update(id, in: tenant, expectedVersion: expectedVersion, idempotency: idempotency, edit)
    }
}
