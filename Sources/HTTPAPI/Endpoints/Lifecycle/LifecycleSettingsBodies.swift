import Domain

/// `{"close_resolved_after_days", "archive_closed_after_days"}`
struct PutLifecycleSettings: RequestObject {
    private static let close = RequestField(
        "close_resolved_after_days",
        JSONType<Int>.integer(LifecycleSettings.days).nullable,
        "How many days of 24 hours after a ticket was resolved it is closed; null: only when somebody closes it."
    )
    private static let archive = RequestField(
        "archive_closed_after_days",
        JSONType<Int>.integer(LifecycleSettings.days).nullable,
        "How many days of 24 hours after a ticket was closed it is archived; null: only when somebody archives it."
    )
    static let schema = JSONSchema.object("PutLifecycleSettings", [close.required, archive.required], isClosed: true)

    let settings: LifecycleSettings

    init?(from reader: inout ObjectReader) {
        let close = reader.required(Self.close)
        let archive = reader.required(Self.archive)
        guard let close, let archive else { return nil }
        settings = LifecycleSettings(closeResolvedAfterDays: close, archiveClosedAfterDays: archive)
    }
}

struct LifecycleSettingsResource: ResponseObject {
    let settings: LifecycleSettings

    static let schema = JSONSchema.object(
        "LifecycleSettings",
        [
            JSONProperty(
                "close_resolved_after_days",
                .integer().nullable,
                "Days of 24 hours after which a resolved ticket is closed; null: never by itself."
            ),
            JSONProperty(
                "archive_closed_after_days",
                .integer().nullable,
                "Days of 24 hours after which a closed ticket is archived; null: never by itself."
            ),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("close_resolved_after_days", settings.closeResolvedAfterDays)
            writer.field("archive_closed_after_days", settings.archiveClosedAfterDays)
        }
    }
}
