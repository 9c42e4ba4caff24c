import Domain

/// `{"tz", "quiet_hours", "channels", "in_quiet_hours", "breaks_through"}`
struct PutNotifications: RequestObject {
    private static let intervals = JSONType<[WallInterval]>.document(CalendarFields.hours)
    private static let channel = JSONType<NotificationChannel>.document(NotificationsResource.channelSchema) { value, errors in
        // An address of his own needs no id.
        if value.member("type")?.string == "email", let id = value.member("id") {
            errors.add(id, .unknownField, "Is not known here: a channel of the type email has none.")
        }
    }

    static let zone = RequestField("tz", .text(1...100), "The IANA time zone of the quiet hours; UTC unless told.")
    static let quietHours = RequestField(
        "quiet_hours",
        .map(of: intervals, names: TextRule(length: 1...3), maximum: 7),
        "When not to be disturbed, of each weekday: mon, tue, wed, thu, fri, sat, sun."
    )
    static let channels = RequestField(
        "channels",
        .array(of: channel, 1...NotificationSettings.maximumChannels),
        "How the agent is reached, in order; by e-mail unless told."
    )
    static let inQuietHours = RequestField(
        "in_quiet_hours",
        JSONType<NotificationSettings.InQuietHours>.code,
        "Whether a notice waits then, which it does unless told, or comes by the second channel."
    )
    static let breaksThrough = RequestField(
        "breaks_through",
        JSONType<PriorityCode>.code.nullable,
        "Tickets of this priority or a higher one do not mind quiet hours."
    )
    static let schema = JSONSchema.object(
        "PutNotifications",
        [zone.optional, quietHours.optional, channels.optional, inQuietHours.optional, breaksThrough.optional],
        isClosed: true
    )

    let settings: NotificationSettings

    init?(from reader: inout ObjectReader) {
        var settings = NotificationSettings()
        settings.zone = reader.optional(Self.zone) ?? settings.zone
        for entry in reader.optional(Self.quietHours) ?? [] {
            if let day = Weekday(rawValue: entry.name) {
                settings.quietHours[day] = entry.value
            } else {
                reader.refuse(Self.quietHours.name, .notAllowed, "Weekdays are mon, tue, wed, thu, fri, sat, sun.")
            }
        }
        settings.channels = reader.optional(Self.channels) ?? settings.channels
        settings.inQuietHours = reader.optional(Self.inQuietHours) ?? settings.inQuietHours
        settings.breaksThrough = (reader.optional(Self.breaksThrough) ?? nil)?.priority
        guard reader.isValid else { return nil }
        self.settings = settings
    }
}

/// When and how an agent hears.
struct NotificationsResource: ContentTagged {
    let agent: AgentID
    let settings: NotificationSettings

    static let channelSchema = JSONSchema.object(
        "NotificationChannel",
        [
            JSONProperty("type", .string(StringShape(values: ["email", "webhook"])), "How."),
            JSONProperty("id", .id, isRequired: false, "With webhook: the endpoint."),
        ],
        isClosed: true
    )

    static let schema = JSONSchema.object(
        "Notifications",
        [
            JSONProperty("agent_id", .id, "Whose."),
            JSONProperty("tz", .string, "The IANA time zone of the quiet hours."),
            JSONProperty("quiet_hours", CalendarFields.hoursByName, "When not to be disturbed."),
            JSONProperty("channels", .array(of: channelSchema), "In order."),
            JSONProperty("in_quiet_hours", .codes(NotificationSettings.InQuietHours.self), "What a notice does then."),
            JSONProperty("breaks_through", JSONSchema.codes(PriorityCode.self).nullable, "From which priority on it comes at once."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("agent_id", agent)
            writer.field("tz", settings.zone)
            writer.field("quiet_hours", document: Dictionary(uniqueKeysWithValues: settings.quietHours.map { ($0.key.rawValue, $0.value) }))
            writer.field("channels", document: settings.channels)
            writer.field("in_quiet_hours", settings.inQuietHours.rawValue)
            writer.field("breaks_through", code: settings.breaksThrough.map { PriorityCode($0) })
        }
    }
}

/// `{"fallback_email": …}`
struct PutEscalationSettings: RequestObject {
    static let fallback = RequestField(
        "fallback_email",
        JSONType<String>.text(3...254).nullable,
        "Whom a chain tells that finds nobody in a whole round; null: nobody."
    )
    static let schema = JSONSchema.object("PutEscalationSettings", [fallback.required], isClosed: true)

    let fallback: String?

    init?(from reader: inout ObjectReader) {
        guard let fallback = reader.required(Self.fallback) else { return nil }
        self.fallback = fallback
    }
}

/// What holds for all chains of the tenant.
struct EscalationSettingsResource: ContentTagged {
    let fallback: String?

    static let schema = JSONSchema.object(
        "EscalationSettings",
        [JSONProperty("fallback_email", .string.nullable, "Whom a chain tells that finds nobody in a whole round.")]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("fallback_email", fallback) }
    }
}
