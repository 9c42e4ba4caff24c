import Domain
import Store

extension CalendarContent: DirectoryContent {
    static var noun: String { "calendar" }
    static var maximumCount: Int? { 1_000 }

    /// An edit that names no time holds from now on; one that leaves the time as it is, from then on, or from now on where it has come already.
    func settled(in situation: DirectorySituation<CalendarContent>) -> CalendarContent {
        var settled = self
        settled.timeZoneDatabase = situation.tools.zones.databaseVersion
        guard let effectiveFrom else {
            settled.effectiveFrom = situation.now
            return settled
        }
        if effectiveFrom == situation.before?.content.effectiveFrom { settled.effectiveFrom = max(situation.now, effectiveFrom) }
        return settled
    }

    func problems(in situation: DirectorySituation<CalendarContent>) -> [FieldProblem] {
        var checks = FieldChecks()
        checks.name(name)
        addTimeProblems(to: &checks, in: situation)
        do {
            try definition.validate()
            // Compiles the version as it will be used: an unknown zone or hours that never come must not reach a tenant's configuration.
            let zone = try situation.tools.zones.zone(named: definition.zone)
            _ = try BusinessCalendar(versions: [CalendarVersion(number: 1, effectiveFrom: effectiveFrom, definition: definition, zone: zone)])
        } catch let error as CalendarDefinitionError {
            checks.add(error.pointer(in: definition), code: .invalidDefinition, error.description)
        } catch {
            checks.add("/tz", code: .unknownZone, "\(error)")
        }
        return checks.problems
    }

    static func write(_ change: DirectoryChange<CalendarContent>, to statements: inout StatementList) {
        change.addRow(to: &statements)
        statements.add(InsertCalendarVersion(tenant: change.tenant, record: change.after))
    }

    /// The rules of its zone are kept with a version: it counts by them for good (decision 0028).
    static func keep(_ change: DirectoryChange<CalendarContent>, tools: DirectoryTools, in statements: inout StatementList) {
        let content = change.after.content
        guard let release = content.timeZoneDatabase, let rules = try? tools.zones.zone(named: content.definition.zone) else { return }
        statements.add(KeepZoneRules(tenant: change.tenant, zone: content.definition.zone, release: release, rules: rules))
    }

    /// Other hours may open a queue that is closed now, or sooner than its lane says.
    static func signal(of change: DirectoryChange<CalendarContent>) -> RoutingSignal {
        change.before == nil ? .none : .calendar(change.after.id)
    }

    /// Tickets that wait for a queue, or for their site, to open before they move on wait for other hours now.
    static func overflow(after change: DirectoryChange<CalendarContent>) -> RestartOverflow.Subject? {
        change.before == nil ? nil : .calendar(change.after.id)
    }

    static func reevaluation(of change: DirectoryChange<CalendarContent>) -> SLAReevaluation.Cause? {
        change.before == nil ? nil : .calendar
    }

    /// What was measured stays measured: a version cannot begin in the past.
    private func addTimeProblems(to checks: inout FieldChecks, in situation: DirectorySituation<CalendarContent>) {
        guard let effectiveFrom else { return }
        if situation.before == nil {
            if effectiveFrom != situation.now {
                checks.add("/effective_from", code: .notAllowed, "the first version holds for all time before it too")
            }
            return
        }
        if effectiveFrom < situation.now { checks.add("/effective_from", code: .inPast, "must not be before now") }
        // Ten years: beyond that it is a mistake, and calendars are compiled only to 2299.
        if effectiveFrom > situation.now.adding(microseconds: 3_653 * 86_400_000_000) {
            checks.add("/effective_from", code: .outOfRange, "at most ten years ahead")
        }
    }
}

extension CalendarDefinitionError {
    /// Where in the document the error is.
    func pointer(in definition: CalendarDefinition) -> String {
        if let place { return place }
        if isOfZone { return "/tz" }
        return switch self {
        case .alwaysOpenWithWeeklyHours: "/always_open"
        case .versionsOutOfOrder: "/effective_from"
        default: Self.pointer(toHoursOf: definition)
        }
    }

    /// Whether the zone is at fault, and not the hours.
    var isOfZone: Bool {
        switch self {
        case .invalidZoneName, .unknownZone: true
        default: false
        }
    }

    /// What should give it open time, or takes that away; the regular hours where there is nothing.
    private static func pointer(toHoursOf definition: CalendarDefinition) -> String {
        if !definition.weekly.isEmpty { return "/weekly" }
        if definition.alwaysOpen { return definition.closures.isEmpty ? "/openings" : "/closures" }
        return definition.openings.isEmpty ? "/weekly" : "/openings"
    }
}
