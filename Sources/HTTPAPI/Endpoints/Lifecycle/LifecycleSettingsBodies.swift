import Domain

/// `{"close_resolved_after_days", "archive_closed_after_days", "warn_before_closing_days", "waiting_load_percent"}`
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
    private static let warn = RequestField(
        "warn_before_closing_days",
        JSONType<Int>.integer(LifecycleSettings.days).nullable,
        "How many days of 24 hours before a ticket is closed by itself the event `ticket.closing_soon` says so; null, or left out: there is none."
    )
    private static let waiting = RequestField(
        "waiting_load_percent",
        .integer(LifecycleSettings.percent),
        "How much of its weight a ticket takes from its agent's capacity while it waits for the customer or for others; left out: 0, nothing."
    )
    static let schema = JSONSchema.object(
        "PutLifecycleSettings",
        [close.required, archive.required, warn.optional, waiting.optional],
        isClosed: true
    )

    let settings: LifecycleSettings

    init?(from reader: inout ObjectReader) {
        let close = reader.required(Self.close)
        let archive = reader.required(Self.archive)
        let warn = reader.optional(Self.warn) ?? nil
        let waiting = reader.optional(Self.waiting) ?? 0
        guard let close, let archive else { return nil }
        settings = LifecycleSettings(
            closeResolvedAfterDays: close,
            archiveClosedAfterDays: archive,
            warnBeforeClosingDays: warn,
            waitingLoadPercent: waiting
        )
    }
}

struct LifecycleSettingsResource: ContentTagged {
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
            JSONProperty(
                "warn_before_closing_days",
                .integer().nullable,
                "Days of 24 hours before a ticket is closed by itself at which `ticket.closing_soon` says so; null: nothing does."
            ),
            JSONProperty(
                "waiting_load_percent",
                .integer(),
                "How much of its weight a ticket takes from its agent's capacity while it waits for others."
            ),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("close_resolved_after_days", settings.closeResolvedAfterDays)
            writer.field("archive_closed_after_days", settings.archiveClosedAfterDays)
            writer.field("warn_before_closing_days", settings.warnBeforeClosingDays)
            writer.field("waiting_load_percent", settings.waitingLoadPercent)
        }
    }
}
