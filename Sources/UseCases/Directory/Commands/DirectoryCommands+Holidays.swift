public import Domain
import Store

/// What an import of holidays did, or would do.
public struct HolidayImport: Sendable {
    /// What it changes in the version that holds now; where that has it all already, in the first scheduled one that does not.
    public let merge: HolidayMerge
    /// How many versions it makes: one, and one for each that is scheduled after it; none where nothing changes.
    public let versions: Int
    /// The calendar as it is after the import; as it was, where nothing was written.
    public let record: CalendarRecord
}

extension DirectoryCommands {
    /// How often a calendar that somebody edits meanwhile is read again.
    private static let importAttempts = 5

    /// Takes a list of holidays over into a calendar: a new version, or nothing where the calendar has it all already. What is scheduled for later gets the
    /// holidays, too: nobody who imports next year's knows, or should have to, that other hours begin with it (decision 0026).
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
        expectedVersion: ExpectedVersions? = nil
    ) async throws -> HolidayImport {
        let queries = DirectoryQueries(environment: environment)
        for _ in 0..<Self.importAttempts {
            let before = try await queries.load(id, as: CalendarContent.self, in: tenant)
            // One time for what holds and for what is written: scheduled hours that begin in between would be replaced by those that held before them.
            let time = max(try await environment.clock.now(), before.updatedAt)
            if let expectedVersion, !expectedVersion.contain(before.version) { throw UseCaseError.versionMismatch(current: before.version) }
            let schedule = try await environment.database.rows(LoadCalendarSchedule(tenant: tenant, calendar: id, from: time), of: tenant)
            let merges = try schedule.map { try self.merge(input, into: $0.definition, from: source, hours: hours) }
            guard let first = merges.firstIndex(where: \.isChange) else {
                guard let merge = merges.last else { throw UseCaseError.notFound }
                return HolidayImport(merge: merge, versions: 0, record: before)
            }
            let (merge, count, since) = (merges[first], merges.count - first, schedule[first].since)
            if isDryRun { return HolidayImport(merge: merge, versions: count, record: before) }
            do {
                let outcome = try await writer.update(
                    id,
                    in: tenant,
                    expectedVersion: ExpectedVersions(before.version),
                    at: time,
                    idempotency: nil,
                    sequels: { change, transaction in
                        try await Self.scheduled(after: change, in: transaction) {
                            try self.merge(input, into: $0, from: source, hours: hours).definition
                        }
                    },
                    { (before: CalendarContent) in
                        // What holds now holds otherwise from now on; what is scheduled still begins when it did.
                        CalendarContent(name: before.name, definition: merge.definition, effectiveFrom: first == 0 ? nil : since)
                    }
                )
                if case .done(let record) = outcome { return HolidayImport(merge: merge, versions: count, record: record) }
            } catch UseCaseError.versionMismatch {
                // Whether the caller will have the one that is there now is looked at again.
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
