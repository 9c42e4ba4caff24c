import Domain
import HTTPTypes
import UseCases

/// By which hours a calendar measures now, and from when on by which others.
enum CalendarScheduleEndpoint {
    static let get = Endpoint<DirectoryPath<CalendarContent>, NoQuery, NoBody, CalendarScheduleResource>(
        "getCalendarSchedule",
        .get,
        "/v1/calendars/{calendar_id}/schedule",
        tag: "calendars",
        summary: "Shows the hours that hold now, and those that are scheduled",
        description: "The version that measures now and the ones that begin later, in the order of time. Each measures until the next begins.",
        scope: .policiesRead,
        problems: [.unavailable]
    )

    static func addRoute(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let queries = environment.directoryQueries
        routes.add(get) { call in
            let versions = try await queries.schedule(of: call.path.id, in: call.principal.tenantID)
            return .ok(CalendarScheduleResource(calendar: call.path.id, versions: versions))
        }
    }
}

/// The versions of a calendar that are not over.
struct CalendarScheduleResource: ResponseObject {
    let calendar: CalendarID
    let versions: [ContentVersion<CalendarDefinition>]

    private static let version = JSONSchema.object(
        "CalendarVersion",
        [
            JSONProperty("version", .integer(), "Its number: the larger was published later."),
            JSONProperty("effective_from", .timestamp, "From when it measures. The calendar's very first version measures all time before it, too."),
        ] + CalendarFields.shown
    )

    static let schema = JSONSchema.object(
        "CalendarSchedule",
        [
            JSONProperty("calendar_id", .id, "Which calendar."),
            JSONProperty("versions", .array(of: version), "The version that measures now, then the scheduled ones."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("calendar_id", calendar)
            writer.name("versions")
            writer.array { writer in
                for version in versions {
                    writer.object { writer in
                        writer.field("version", version.number)
                        writer.field("effective_from", version.since)
                        version.definition.writeFields(to: &writer)
                    }
                }
            }
        }
    }
}
