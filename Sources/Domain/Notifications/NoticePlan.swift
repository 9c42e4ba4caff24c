/// How one notice reaches one agent: by which channel, and when. The timer that caused it fired on time in any case (features.md D13).
public struct NoticePlan: Hashable, Sendable {
    public let channel: NotificationChannel
    /// When the quiet hours end; nil: at once.
    public let notBefore: Timestamp?

    public init(channel: NotificationChannel, notBefore: Timestamp? = nil) {
        self.channel = channel
        self.notBefore = notBefore
    }

    /// - Parameters:
    ///   - settings: the agent's; nil: mail at once.
    ///   - quiet: ``NotificationSettings/quietCalendar(zones:)``; hours that cannot be judged are not quiet.
    ///   - priority: of the ticket.
    ///   - isUsable: whether an endpoint can be called now; one that cannot is passed over, and mail is left where nothing is.
    public init(
        for settings: NotificationSettings?,
        quiet: BusinessCalendar?,
        priority: Priority,
        now: Timestamp,
        isUsable: (WebhookEndpointID) -> Bool
    ) {
        let usable = (settings?.channels ?? []).filter { channel in
            if case .webhook(let id) = channel { isUsable(id) } else { true }
        }
        let first = usable.first ?? .email
        guard let settings, let end = NoticePlan.endOfQuiet(quiet, at: now), !(settings.breaksThrough.map { priority <= $0 } ?? false) else {
            self.init(channel: first)
            return
        }
        if settings.inQuietHours == .nextChannel, usable.count > 1 {
            self.init(channel: usable[1])
        } else {
            self.init(channel: first, notBefore: end)
        }
    }

    private static func endOfQuiet(_ quiet: BusinessCalendar?, at now: Timestamp) -> Timestamp? {
        guard let quiet, (try? quiet.isOpen(now)) == true else { return nil }
        return try? quiet.nextClose(now)
    }
}
