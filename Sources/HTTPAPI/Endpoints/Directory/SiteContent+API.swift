import Domain

extension SiteContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "Site",
        plural: "Sites",
        phrase: "a site",
        path: "sites",
        parameter: "site_id",
        read: .routingRead,
        write: .routingWrite
    )

    static let properties =
        [
            JSONProperty("name", .string, "The name."),
            JSONProperty("calendar_id", .id.nullable, "When somebody can be let in; null: always."),
            JSONProperty("service_area", .string.nullable, "The territory that it belongs to."),
        ] + PlaceFields.properties + [JSONProperty("active", .boolean, "Whether new tickets may name it.")]

    func writeFields(to writer: inout JSONWriter) {
        writer.field("name", name)
        writer.field("calendar_id", calendarID)
        writer.field("service_area", serviceArea)
        PlaceFields.write(place, to: &writer)
        writer.field("active", isActive)
    }
}

enum SiteFields {
    static let name = RequestField("name", .text(1...200), "The name; unique in the tenant.")
    static let calendar = RequestField(
        "calendar_id",
        .id(Entity.Calendar.self),
        "When somebody can be let in; while the site is closed its tickets wait."
    )
    static let serviceArea = RequestField("service_area", .text(AgentContent.serviceAreaLength), "The territory that it belongs to.")
    static let active = RequestField("active", .boolean, "Whether new tickets may name it.")
}

struct CreateSite: NewContent {
    static let schema = JSONSchema.object(
        "CreateSite",
        [
            SiteFields.name.required, SiteFields.calendar.optional, SiteFields.serviceArea.optional, PlaceFields.latitude.optional,
            PlaceFields.longitude.optional, SiteFields.active.optional,
        ],
        isClosed: true
    )

    let content: SiteContent

    init?(from reader: inout ObjectReader) {
        let name = reader.required(SiteFields.name)
        let calendar = reader.optional(SiteFields.calendar)
        let serviceArea = reader.optional(SiteFields.serviceArea)
        let place = PlaceFields.place(from: &reader)
        let isActive = reader.optional(SiteFields.active) ?? true
        guard let name else { return nil }
        content = SiteContent(name: name, calendarID: calendar, serviceArea: serviceArea, place: place, isActive: isActive)
    }
}

struct PatchSite: ContentChange {
    static let schema = JSONSchema.object(
        "PatchSite",
        [
            SiteFields.name.optional, SiteFields.calendar.clearable, SiteFields.serviceArea.clearable, PlaceFields.latitude.clearable,
            PlaceFields.longitude.clearable, SiteFields.active.optional,
        ],
        isClosed: true
    )

    let name: String?
    let calendar: Patch<CalendarID>
    let serviceArea: Patch<String>
    let place: Patch<GeoPoint>
    let isActive: Bool?

    init?(from reader: inout ObjectReader) {
        name = reader.optional(SiteFields.name)
        calendar = reader.patch(SiteFields.calendar)
        serviceArea = reader.patch(SiteFields.serviceArea)
        place = PlaceFields.patch(from: &reader)
        isActive = reader.optional(SiteFields.active)
    }

    func applied(to before: SiteContent) -> SiteContent {
        SiteContent(
            name: name ?? before.name,
            calendarID: calendar.applied(to: before.calendarID),
            serviceArea: serviceArea.applied(to: before.serviceArea),
            place: place.applied(to: before.place),
            isActive: isActive ?? before.isActive
        )
    }
}
