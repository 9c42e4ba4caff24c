import Domain

extension CalendarContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Calendar",
        plural: "Calendars",
        phrase: "a calendar",
        path: "calendars",
        parameter: "calendar_id",
        read: .policiesRead,
        write: .policiesWrite
    )

    static let properties =
        [JSONProperty("name", .string, "The name.")] + CalendarFields.shown + [
            JSONProperty("effective_from", .timestamp.nullable, "From when this version measures: that of the version that begins last."),
            JSONProperty("tz_database", .string.nullable, "The release of the time zone database by which this version was made; null: unknown."),
        ]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        definition.writeFields(to: &writer)
        writer.field("effective_from", effectiveFrom)
        writer.field("tz_database", timeZoneDatabase)
    }
}

extension CalendarDefinition {
    func writeFields(to writer: inout JSONWriter) {
        writer.field("tz", zone)
        writer.field("weekly", document: Dictionary(uniqueKeysWithValues: weekly.map { ($0.key.rawValue, $0.value) }))
        writer.field("closures", document: closures)
        writer.field("openings", document: Dictionary(uniqueKeysWithValues: openings.map { ($0.key.description, $0.value) }))
        writer.field("always_open", alwaysOpen)
        let sources = openingSources.map { ($0.key.description, $0.value.description) }
        writer.field("opening_sources", document: Dictionary(uniqueKeysWithValues: sources))
        writer.field("published_years", document: publishedYears.sorted())
    }
}

/// The members of a calendar, as `docket calendar eval` reads them too.
enum CalendarFields {
    /// `["09:00", "17:30"]` each; a time may have seconds, and lie in the day after (`30:00`).
    static let hours = JSONSchema.array(
        of: .array(of: .string(StringShape(minimumLength: 5, maximumLength: 8)), count: 2...2),
        count: 0...CalendarDefinition.maximumWindowsPerDay
    )
    static let hoursByName = JSONSchema.map(of: hours)
    private static let closure = JSONType<CalendarClosure>.document(
        JSONSchema(
            .anything,
            description: "A date; or [date, from, to]; or {from, to, yearly, since, start, end, name}; since is the first year of a yearly one."
        )
    ) { value, errors in
        var names: Set<String> = ["from", "to", "yearly", "start", "end", "name", "source"]
        // Only a yearly one has a first year.
        if value.member("yearly")?.bool == true { names.insert("since") }
        value.refuseStrangersAndNulls(beside: names, &errors)
        guard let name = value.member("name"), let failure = name.string.flatMap(nameRule.failure) else { return }
        errors.add(name, failure.code, failure.detail)
    }
    /// Names may have several lines; how long they may be is the Domain's.
    private static let nameRule = TextRule(length: 0...Int.max, allowsLines: true)
    private static let intervals = JSONType<[WallInterval]>.document(hours)

    /// Of a calendar or a version of it.
    static let shown = [
        JSONProperty("tz", .string, "The IANA time zone in which all times are read."),
        JSONProperty("weekly", CalendarFields.hoursByName, "Hours of each weekday: mon, tue, wed, thu, fri, sat, sun."),
        JSONProperty("closures", .array(of: .anything), "Closed days: {from, to, yearly, since, start, end, name, source}."),
        JSONProperty("openings", CalendarFields.hoursByName, "Days with hours of their own."),
        JSONProperty("always_open", .boolean, "Open at every hour but the closures."),
        JSONProperty("opening_sources", .map(of: .string), "Which openings were imported, and from which list."),
        JSONProperty("published_years", .array(of: .integer()), "Years whose holidays are complete."),
    ]

    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let zone = RequestField("tz", .text(1...100), "The IANA time zone in which all times are read.")
    static let weekly = RequestField(
        "weekly",
        .map(of: intervals, names: TextRule(length: 1...3), maximum: 7),
        "Hours of each weekday: mon, tue, wed, thu, fri, sat, sun."
    )
    static let holidays = RequestField("holidays", .array(of: closure, 0...5_000), "Closed days; the same as closures.")
    static let closures = RequestField("closures", .array(of: closure, 0...5_000), "Closed days or parts of days.")
    static let openings = RequestField(
        "openings",
        .map(of: intervals, names: TextRule(length: 10...10), maximum: 5_000),
        "Days with hours of their own, by date."
    )
    static let alwaysOpen = RequestField("always_open", .boolean, "Open at every hour but the closures.")
    static let openingSources = RequestField(
        "opening_sources",
        .map(of: .text(1...80), names: TextRule(length: 10...10), maximum: 5_000),
        "Which openings were imported, and from which list: name or name/year."
    )
    static let publishedYears = RequestField("published_years", .array(of: .integer(1_900...2_299), 0...400), "Years whose holidays are complete.")
    static let effectiveFrom = RequestField(
        "effective_from",
        CalendarBeginning.type,
        """
        From when this version measures: a time, or `now`. Left out: when the version that is replaced begins, or now where it has begun. It measures until the \
        next of the versions begins that are scheduled already; those stay.
        """
    )
    static let properties = [
        name.required, zone.required, weekly.optional, holidays.optional, closures.optional, openings.optional, alwaysOpen.optional,
        openingSources.optional, publishedYears.optional,
    ]

    static func read(from reader: inout ObjectReader) -> CalendarContent? {
        let name = reader.required(Self.name)
        let zone = reader.required(Self.zone)
        var definition = CalendarDefinition(zone: zone ?? "")
        for entry in reader.optional(weekly) ?? [] {
            if let day = Weekday(rawValue: entry.name) {
                definition.weekly[day] = entry.value
            } else {
                reader.refuse(weekly.name, .notAllowed, "Weekdays are mon, tue, wed, thu, fri, sat, sun.")
            }
        }
        definition.closures = (reader.optional(holidays) ?? []) + (reader.optional(closures) ?? [])
        for entry in reader.optional(openings) ?? [] {
            if let date = CivilDate(entry.name) {
                definition.openings[date] = entry.value
            } else {
                reader.refuse(openings.name, .invalidFormat, "Days are of the form YYYY-MM-DD.")
            }
        }
        definition.alwaysOpen = reader.optional(alwaysOpen) ?? false
        for entry in reader.optional(openingSources) ?? [] {
            if let date = CivilDate(entry.name), let source = HolidaySource(entry.value) {
                definition.openingSources[date] = source
            } else {
                reader.refuse(openingSources.name, .invalidFormat, "Sources are named by day: name or name/year.")
            }
        }
        definition.publishedYears = Set(reader.optional(publishedYears) ?? [])
        guard let name, zone != nil, reader.isValid else { return nil }
        return CalendarContent(name: name, definition: definition)
    }
}

/// When a new version begins.
enum CalendarBeginning: Sendable {
    /// By the database's clock, which a caller does not know to the microsecond.
    case now
    case at(Timestamp)

    /// A fraction of a second may have as many digits as its sender likes, within reason.
    static let type = JSONType.text(3...1_000).map("Must be now, or an RFC 3339 date and time with a zone.", code: .invalidFormat) { text -> Self? in
        text == "now" ? .now : Timestamp(text).map { .at($0) }
    }
}

struct CreateCalendar: NewContent {
    static let schema = JSONSchema.object("CreateCalendar", CalendarFields.properties, isClosed: true)

    let content: CalendarContent

    init?(from reader: inout ObjectReader) {
        guard let content = CalendarFields.read(from: &reader) else { return nil }
        self.content = content
    }
}

struct ReplaceCalendar: ContentChange {
    static let schema = JSONSchema.object(
        "ReplaceCalendar",
        CalendarFields.properties + [CalendarFields.effectiveFrom.optional],
        isClosed: true
    )

    private let content: CalendarContent
    private let beginning: CalendarBeginning?

    init?(from reader: inout ObjectReader) {
        beginning = reader.optional(CalendarFields.effectiveFrom)
        guard let content = CalendarFields.read(from: &reader) else { return nil }
        self.content = content
    }

    func applied(to before: CalendarContent) -> CalendarContent {
        var content = content
        content.effectiveFrom =
            switch beginning {
            case .now: nil
            case .at(let time): time
            // The time of the version before means "no new time": the use case puts the present one there where that has come.
            case nil: before.effectiveFrom
            }
        content.timeZoneDatabase = before.timeZoneDatabase
        return content
    }
}
