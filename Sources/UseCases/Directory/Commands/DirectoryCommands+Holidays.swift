public import Domain

/// What an import of holidays did, or would do.
public struct HolidayImport: Sendable {
    public let merge: HolidayMerge
    /// The calendar as it is after the import; as it was, where nothing was written.
    public let record: CalendarRecord
}

extension DirectoryCommands {
    /// How often a calendar that somebody edits meanwhile is read again.
    private static let importAttempts = 5

    /// Takes a list of holidays over into a calendar: a new version, or nothing where the calendar has it all already.
    ///
    /// - Parameters:
    ///   - source: names the list: a later import of the same name replaces what this one brought for the same years.
    ///   - hours: what make-up workdays get.
    ///   - isDryRun: only says what would change.
    /// - Throws: ``UseCaseError/invalid(_:)`` with the place in the list, ``UseCaseError/notFound``, ``UseCaseError/versionMismatch(current:)``,
    ///   ``StoreError``.
    public func importHolidays(
        _ input: HolidayInput,
        into id: CalendarID,
        from source: String,
        hours: MakeUpHours,
        isDryRun: Bool,
        in tenant: TenantID,
        expectedVersion: Int64? = nil
    ) async throws -> HolidayImport {
        let queries = DirectoryQueries(environment: environment)
        for _ in 0..<Self.importAttempts {
            let before = try await queries.load(id, as: CalendarContent.self, in: tenant)
            if let expectedVersion, expectedVersion != before.version { throw UseCaseError.versionMismatch(current: before.version) }
            let merge = try merge(input, into: before.content.definition, from: source, hours: hours)
            if isDryRun || !merge.isChange { return HolidayImport(merge: merge, record: before) }
            do {
                let outcome = try await writer.update(id, in: tenant, expectedVersion: before.version, idempotency: nil) {
                    (before: CalendarContent) in
                    var content = before
                    content.definition = merge.definition
                    return content
                }
                if case .done(let record) = outcome { return HolidayImport(merge: merge, record: record) }
            } catch UseCaseError.versionMismatch where expectedVersion == nil {
                continue
            }
        }
        throw UseCaseError.busy
    }

    private func merge(
        _ input: HolidayInput,
        into definition: CalendarDefinition,
        from source: String,
        hours: MakeUpHours
    ) throws -> HolidayMerge {
        do {
            let merge = try definition.importing(try input.list(zoneName: definition.zone, zones: tools.zones), from: source, hours: hours)
            try merge.definition.validate()
            return merge
        } catch let error as HolidayListError {
            let isPointer = error.place.hasPrefix("/")
            let detail = isPointer || error.place.isEmpty ? error.reason : error.description
            throw UseCaseError.invalid([FieldProblem(isPointer ? error.place : "", code: .invalid, detail: detail)])
        } catch let error as CalendarDefinitionError {
            throw UseCaseError.invalid([FieldProblem("", code: .invalidDefinition, detail: error.description)])
        }
    }
}
