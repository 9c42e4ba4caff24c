import Synchronization

/// A calendar that answers questions about open time; all of its versions, each for the time in which it holds (sla.md, Calendars).
///
/// Years are compiled when a question first needs them and kept, so that every question costs two binary searches: adding 10,000 hours
/// costs what adding ten minutes costs. Answers do not depend on what was asked before. Times are microseconds since 1970.
public final class BusinessCalendar: Sendable {
    /// Ascending by number; each holds from its time until one that was published later begins (decision 0026).
    public var versions: ArraySlice<CalendarVersion> { lineage.prefix(count) }
    /// The versions, and those that came after: calendars of one lineage share them.
    private let lineage: [CalendarVersion]
    private let count: Int
    private let compiled: Mutex<CalendarTable?>

    /// Compiles versions of a calendar.
    ///
    /// - Throws: ``CalendarDefinitionError`` where a version's definition is not valid, the versions are not in order, or the newest version has no
    ///   open time in the ten years after it takes effect.
    public convenience init(versions: [CalendarVersion]) throws(CalendarDefinitionError) {
        guard !versions.isEmpty else { throw .versionsOutOfOrder }
        try Self.validate(versions)
        self.init(lineage: versions, count: versions.count)
        if let start = versions.last?.effectiveFrom {
            do {
                _ = try nextOpen(start)
            } catch {
                throw .noOpenTimeWithinTenYears
            }
        }
    }

    private init(lineage: [CalendarVersion], count: Int) {
        self.lineage = lineage
        self.count = count
        compiled = Mutex(nil)
    }

    /// The calendar as it was at each of its versions, in their order: in time and memory that grow as the number of versions does, because nothing is
    /// compiled before somebody asks.
    ///
    /// For versions that were compiled one by one when they were published: whether the newest has open time is not looked at again.
    ///
    /// - Throws: ``CalendarDefinitionError`` where a version's definition is not valid, or the versions are not in order.
    public static func lineage(of versions: [CalendarVersion]) throws(CalendarDefinitionError) -> [BusinessCalendar] {
        try validate(versions)
        return versions.indices.map { BusinessCalendar(lineage: versions, count: $0 + 1) }
    }

    private static func validate(_ versions: [CalendarVersion]) throws(CalendarDefinitionError) {
        for index in versions.indices {
            try versions[index].definition.validate()
            guard index > 0 else { continue }
            guard versions[index].effectiveFrom != nil, versions[index - 1].number < versions[index].number else { throw .versionsOutOfOrder }
        }
    }

    /// A calendar with one version that holds since ever.
    public convenience init(_ definition: CalendarDefinition, zone: TimeZoneRules) throws(CalendarDefinitionError) {
        try self.init(versions: [CalendarVersion(number: 1, effectiveFrom: nil, definition: definition, zone: zone)])
    }

    /// Looks the zone up, then compiles.
    public convenience init(_ definition: CalendarDefinition, zones: any TimeZoneSource) throws(CalendarDefinitionError) {
        try definition.validate()
        let zone: TimeZoneRules
        do {
            zone = try zones.zone(named: definition.zone)
        } catch {
            throw .unknownZone(error)
        }
        try self.init(definition, zone: zone)
    }

    /// The number of the newest version.
    public var version: Int { versions.last?.number ?? 0 }

    /// Whether the year of an instant, on the calendar's own walls, has no published holidays in the version that measures it.
    public func isUnpublished(at time: Timestamp) -> Bool {
        let version = versions.last { $0.effectiveFrom.map { $0 <= time } ?? true } ?? versions[0]
        let seconds = time.microseconds.flooredQuotient(1_000_000)
        let days = (seconds + version.zone.offset(at: seconds)).flooredQuotient(86_400)
        return version.definition.isUnpublished(year: CivilDate(daysSince1970: Int(days)).year)
    }

    /// A table that covers a time.
    func table(covering time: Timestamp) throws(CalendarError) -> CalendarTable {
        let known = compiled.withLock { $0 }
        if let known, known.covers(time.microseconds) { return known }
        guard CalendarYears.range.contains(time) else { throw .timeOutOfRange }
        return extend(to: CalendarYears.year(of: time))
    }

    /// A larger table that reaches further into the future; nil at the last year.
    func tableExtendedUp(from table: CalendarTable) -> CalendarTable? {
        guard table.years.upperBound < CalendarYears.last else { return nil }
        return extend(to: min(CalendarYears.last, table.years.upperBound + table.years.count))
    }

    /// A larger table that reaches further into the past; nil at the first year.
    func tableExtendedDown(from table: CalendarTable) -> CalendarTable? {
        guard table.years.lowerBound > CalendarYears.first else { return nil }
        return extend(to: max(CalendarYears.first, table.years.lowerBound - table.years.count))
    }

    private func extend(to year: Int) -> CalendarTable {
        compiled.withLock { table in
            guard let known = table else {
                let years = year...min(CalendarYears.last, year + 1)
                let fresh = CalendarTable(years: years, intervals: intervals(years: years))
                table = fresh
                return fresh
            }
            guard !known.years.contains(year) else { return known }
            let isLater = year > known.years.upperBound
            let years = isLater ? known.years.lowerBound...year : year...known.years.upperBound
            let added = intervals(years: isLater ? known.years.upperBound + 1...year : year...known.years.lowerBound - 1)
            let larger = CalendarTable(years: years, intervals: isLater ? known.intervals + added : added + known.intervals)
            table = larger
            return larger
        }
    }

    private func intervals(years: ClosedRange<Int>) -> [OpenInterval] {
        guard versions.count > 1 else { return versions[0].compile(years: years) }
        let (first, last) = (CalendarYears.start(of: years.lowerBound), CalendarYears.start(of: years.upperBound + 1))
        var all: [OpenInterval] = []
        for reign in reigns where first < reign.end && reign.start < last {
            all += reign.version.compile(years: years).map { $0.clipped(from: reign.start, to: reign.end) }
        }
        return all
    }
}
