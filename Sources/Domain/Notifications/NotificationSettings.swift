/// When and how an agent hears of tickets outside Docket (features.md D13).
///
/// JSON: `{"tz": "Europe/Berlin", "quiet_hours": {"mon": [["22:00", "31:00"]]}, "channels": [{"type": "email"}, {"type": "webhook", "id": "…"}],
/// "in_quiet_hours": "wait", "breaks_through": 1}`.
public struct NotificationSettings: Hashable, Sendable, Codable {
    /// What a notice in quiet hours does.
    public enum InQuietHours: String, CaseIterable, Hashable, Sendable, Codable {
        /// Comes when they end.
        case wait
        /// Comes at once by the second channel.
        case nextChannel = "next_channel"
    }

    /// The IANA name of the zone of the quiet hours.
    public var zone: String
    /// Wall time of each weekday, also over midnight; none: never quiet.
    public var quietHours: [Weekday: [WallInterval]]
    /// In the order of preference, each once.
    public var channels: [NotificationChannel]
    public var inQuietHours: InQuietHours
    /// Notices of tickets of this priority or a higher one do not mind quiet hours; nil: all do.
    public var breaksThrough: Priority?

    public static let maximumChannels = 5

    private enum CodingKeys: String, CodingKey {
        case zone = "tz"
        case quietHours = "quiet_hours"
        case channels
        case inQuietHours = "in_quiet_hours"
        case breaksThrough = "breaks_through"
    }

    public init(
        zone: String = "UTC",
        quietHours: [Weekday: [WallInterval]] = [:],
        channels: [NotificationChannel] = [.email],
        inQuietHours: InQuietHours = .wait,
        breaksThrough: Priority? = nil
    ) {
        self.zone = zone
        self.quietHours = quietHours
        self.channels = channels
        self.inQuietHours = inQuietHours
        self.breaksThrough = breaksThrough
    }

    /// The quiet hours as a calendar that is open while it is quiet; nil without any.
    ///
    /// - Throws: ``CalendarDefinitionError``.
    public func quietCalendar(zones: any TimeZoneSource) throws(CalendarDefinitionError) -> BusinessCalendar? {
        guard quietHours.values.contains(where: { !$0.isEmpty }) else { return nil }
        return try BusinessCalendar(CalendarDefinition(zone: zone, weekly: quietHours), zones: zones)
    }
}
