import Domain
import HTTPTypes
import UseCases

/// Imports of holidays into calendars.
enum HolidayEndpoints {
    static let importHolidays = Endpoint<DirectoryPath<CalendarContent>, HolidayQuery, ImportHolidays, HolidayImportResource>(
        "importCalendarHolidays",
        .post,
        "/v1/calendars/{calendar_id}/import",
        tag: "calendars",
        summary: "Takes holidays and make-up workdays over from an iCalendar file or a JSON list",
        description: """
            What an earlier import of the same source brought for the same years is replaced, its rules where the list has rules; entries made by hand stay, and no \
            make-up workday opens a day that they close. Where something changes the calendar \
            gets a new version, which holds from now on; the same list again changes nothing. Versions that are scheduled for later get the list, too, and begin \
            when they did.
            """,
        scope: .policiesWrite,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.unavailable]
    )

    static let operations = [importHolidays.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let commands = environment.directory
        routes.add(importHolidays) { call in
            let (id, tenant, query) = (call.path.id, call.principal.tenantID, call.query)
            return try await tagging(id) {
                let expected = call.ifMatch?.precondition(on: id).expected
                let done = try await commands.importHolidays(
                    call.body.input,
                    into: id,
                    from: query.source,
                    hours: query.hours,
                    isDryRun: query.isDryRun,
                    in: tenant,
                    expectedVersion: expected
                )
                let resource = HolidayImportResource(done, isDryRun: query.isDryRun)
                return .ok(resource, entityTag: DirectoryResource(done.record).entityTag)
            }
        }
    }
}

/// How a list is taken over.
struct HolidayQuery: QueryParameters {
    static let source = QueryField(
        "source",
        ParameterType<String>(.string(StringShape(minimumLength: 1, maximumLength: 64)), "1 to 64 letters, digits, dots, hyphens and underscores") {
            HolidaySource.isName($0) ? $0 : nil
        },
        "Names the list, so that a later one of the same name replaces it; `holidays` unless given."
    )
    static let hours = QueryField(
        "hours",
        ParameterType<MakeUpHours>(
            .string(StringShape(minimumLength: 1, maximumLength: MakeUpHours.maximumTextLength)),
            "a weekday such as mon, or windows such as 09:00-12:00,13:30-18:00"
        ) { MakeUpHours($0) },
        "The hours of make-up workdays: those of a weekday, `mon` unless given, or windows."
    )
    static let dryRun = QueryField("dry_run", .boolean, "`true`: only says what would change.")
    static let parameters = [source.parameter, hours.parameter, dryRun.parameter]

    let source: String
    let hours: MakeUpHours
    let isDryRun: Bool

    init?(from reader: inout QueryReader) {
        source = reader.value(Self.source) ?? "holidays"
        hours = reader.value(Self.hours) ?? .standard
        isDryRun = reader.value(Self.dryRun) ?? false
    }
}

/// A list of holidays: `text/calendar`, an object with `days`, or a bare array of days.
struct ImportHolidays: RequestObject {
    private static let dayNames = ["date", "from", "to", "start", "end", "name", "type", "isOffDay"]
    private static let day = JSONType<HolidayDay>.document(
        JSONSchema(
            .anything,
            description:
                "{date, name, type} with type holiday or workday; from and to instead of date; start and end of a part of a day; isOffDay for type."
        )
    ) { value, errors in
        value.refuseStrangersAndNulls(beside: Set(ImportHolidays.dayNames), &errors)
    }
    static let days = RequestField("days", .array(of: day, 0...HolidayList.maximumEntries), "The days.")
    static let year = RequestField("year", .integer(1_900...2_299), "The year that the list is for, where it is for one.")
    static let schemaAddress = RequestField("$schema", .text(1...500), "Not looked at.")
    static let papers = RequestField("papers", .array(of: .text(1...500), 0...100), "Where the list comes from; not looked at.")
    static let schema = JSONSchema.object("ImportHolidays", [days.required, year.optional, schemaAddress.optional, papers.optional], isClosed: true)
    static let textMediaType: String? = "text/calendar"
    static let listMember: StaticString? = "days"

    let input: HolidayInput

    init?(from reader: inout ObjectReader) {
        let year = reader.optional(Self.year)
        _ = reader.optional(Self.schemaAddress)
        _ = reader.optional(Self.papers)
        guard let days = reader.required(Self.days), reader.isValid else { return nil }
        input = .document(HolidayDocument(year: year, days: days))
    }

    init?(text bytes: [UInt8]) {
        input = .ics(bytes)
    }
}

/// What an import changes.
struct HolidayImportResource: ResponseObject {
    private let done: HolidayImport
    private let isDryRun: Bool

    init(_ done: HolidayImport, isDryRun: Bool) {
        self.done = done
        self.isDryRun = isDryRun
    }

    private static let entries = JSONSchema.object(
        "HolidayEntries",
        [
            JSONProperty("closures", .array(of: .anything), "Closed days, as in the calendar."),
            JSONProperty("openings", .array(of: .string), "Make-up workdays."),
        ]
    )

    static let schema = JSONSchema.object(
        "HolidayImport",
        [
            JSONProperty("dry_run", .boolean, "Whether nothing was written."),
            JSONProperty("changed", .boolean, "Whether the calendar has, or would get, a new version."),
            JSONProperty("versions", .integer(), "How many: one, and one for each that is scheduled for later."),
            JSONProperty("added", entries, "What is new, in the first version that changes: the one that holds now, or else one that is scheduled."),
            JSONProperty("removed", entries, "What an earlier import of the same source had brought."),
            JSONProperty(
                "skipped",
                entries,
                "What was not taken, because the calendar has its own entry for the same days, or the feed does not mark it as a holiday."
            ),
            JSONProperty("published_years", .array(of: .integer()), "The years whose holidays are complete."),
            JSONProperty("calendar", DirectoryResource<CalendarContent>.schema, "The calendar as it is stored now."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("dry_run", isDryRun)
            writer.field("changed", done.merge.isChange)
            writer.field("versions", done.versions)
            for (name, entries) in [("added" as StaticString, done.merge.added), ("removed", done.merge.removed), ("skipped", done.merge.skipped)] {
                writer.name(name)
                writer.object { writer in
                    writer.field("closures", document: entries.closures)
                    writer.field("openings", document: entries.openings.map(\.description))
                }
            }
            writer.field("published_years", document: done.merge.definition.publishedYears.sorted())
            writer.name("calendar")
            DirectoryResource(done.record).write(to: &writer)
        }
    }
}
