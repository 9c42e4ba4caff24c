import Domain
import HTTPTypes
import UseCases

/// What holds for all promises of a tenant.
enum SettingsEndpoints {
    static let get = Endpoint<NoPath, NoQuery, NoBody, SLASettingsResource>(
        "getSLASettings",
        .get,
        "/v1/sla/settings",
        tag: "sla",
        summary: "Shows what holds for all promises",
        scope: .policiesRead,
        hasEntityTag: true,
        problems: [.unavailable]
    )
    static let put = Endpoint<NoPath, NoQuery, PutSLASettings, SLASettingsResource>(
        "putSLASettings",
        .put,
        "/v1/sla/settings",
        tag: "sla",
        summary: "Sets what holds for all promises",
        description: "Another default calendar is applied to the live tickets in the background: see `listReevaluations`.",
        scope: .policiesWrite,
        acceptsIfMatch: true,
        hasEntityTag: true,
        problems: [.unavailable]
    )

    static let operations = [get.operation, put.operation]

    static func addRoutes(to routes: inout APIRoutes, _ environment: APIEnvironment) {
        let settings = environment.slaSettings
        routes.add(get) { call in
            .tagged(SLASettingsResource(calendar: try await settings.defaultCalendar(in: call.principal.tenantID)))
        }
        routes.add(put) { call in
            try await settings.setDefaultCalendar(call.body.calendar, in: call.principal.tenantID) {
                try call.requireMatch(SLASettingsResource(calendar: $0))
            }
            return .tagged(SLASettingsResource(calendar: call.body.calendar))
        }
    }
}

/// `{"calendar_id"}`
struct PutSLASettings: RequestObject {
    private static let calendarField = RequestField(
        "calendar_id",
        JSONType<CalendarID>.id(Entity.Calendar.self).nullable,
        "The calendar of business targets for which neither policy, nor organization, nor queue names one; null: they count around the clock."
    )
    static let schema = JSONSchema.object("PutSLASettings", [calendarField.required], isClosed: true)

    let calendar: CalendarID?

    init?(from reader: inout ObjectReader) {
        guard let calendar = reader.required(Self.calendarField) else { return nil }
        self.calendar = calendar
    }
}

struct SLASettingsResource: ContentTagged {
    let calendar: CalendarID?

    static let schema = JSONSchema.object(
        "SLASettings",
        [
            JSONProperty(
                "calendar_id",
                .id.nullable,
                "The calendar of business targets for which neither policy, nor organization, nor queue names one."
            )
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("calendar_id", calendar) }
    }
}
