import Domain
import Testing

/// Quiet hours of a person (features.md D13): what a notice does in them.
@Suite struct NoticePlanTests {
    private static let pager = NotificationChannel.webhook(WebhookEndpointID(high: 0, low: 7))
    private static let nights: [Weekday: [WallInterval]] = Dictionary(
        uniqueKeysWithValues: Weekday.allCases.map { ($0, [WallInterval(start: 22 * 3_600, end: 31 * 3_600)]) }
    )

    private static func plan(
        at time: String,
        _ channels: [NotificationChannel] = [.email],
        _ inQuietHours: NotificationSettings.InQuietHours = .wait,
        breaksThrough: Priority? = nil,
        priority: Priority = .p3,
        pagerWorks: Bool = true
    ) throws -> NoticePlan {
        let settings = NotificationSettings(
            zone: "Europe/Berlin",
            quietHours: nights,
            channels: channels,
            inQuietHours: inQuietHours,
            breaksThrough: breaksThrough
        )
        let now = try #require(Timestamp(time))
        return NoticePlan(for: settings, quiet: try settings.quietCalendar(zones: ZoneFiles()), priority: priority, now: now) { _ in pagerWorks }
    }

    private static func waiting(_ channel: NotificationChannel, until time: String) throws -> NoticePlan {
        NoticePlan(channel: channel, notBefore: Timestamp(time))
    }

    @Test func withoutSettingsMailComesAtOnce() throws {
        let plan = NoticePlan(for: nil, quiet: nil, priority: .p4, now: Timestamp(microseconds: 0)) { _ in true }
        #expect(plan == NoticePlan(channel: .email))
    }

    @Test(
        "Quiet hours are wall time and half open",
        arguments: [
            ("2026-01-15T20:59:59Z", nil), ("2026-01-15T21:00:00Z", "2026-01-16T06:00:00Z"), ("2026-01-16T05:59:59Z", "2026-01-16T06:00:00Z"),
            ("2026-01-16T06:00:00Z", nil), ("2026-07-15T20:00:00Z", "2026-07-16T05:00:00Z"),
            // The night in which the clocks go forward ends an hour earlier.
            ("2026-03-28T23:00:00Z", "2026-03-29T05:00:00Z"),
        ] as [(String, String?)]
    )
    func waits(time: String, end: String?) throws {
        let expected = try end.map { try Self.waiting(.email, until: $0) } ?? NoticePlan(channel: .email)
        #expect(try Self.plan(at: time) == expected)
    }

    private static let midnight = "2026-01-15T23:00:00Z"

    @Test func theNextChannelTakesWhatWouldWait() throws {
        #expect(try Self.plan(at: Self.midnight, [.email, Self.pager], .nextChannel) == NoticePlan(channel: Self.pager))
        #expect(try Self.plan(at: "2026-01-15T12:00:00Z", [.email, Self.pager], .nextChannel) == NoticePlan(channel: .email))
        // The pager is switched off: there is no next channel.
        let waiting = try Self.waiting(.email, until: "2026-01-16T06:00:00Z")
        #expect(try Self.plan(at: Self.midnight, [.email, Self.pager], .nextChannel, pagerWorks: false) == waiting)
    }

    @Test func aChannelThatDoesNotWorkIsPassedOver() throws {
        #expect(try Self.plan(at: "2026-01-15T12:00:00Z", [Self.pager, .email]) == NoticePlan(channel: Self.pager))
        #expect(try Self.plan(at: "2026-01-15T12:00:00Z", [Self.pager, .email], pagerWorks: false) == NoticePlan(channel: .email))
        #expect(try Self.plan(at: "2026-01-15T12:00:00Z", [Self.pager], pagerWorks: false) == NoticePlan(channel: .email))
    }

    @Test("Urgent tickets break through", arguments: [(Priority.p1, true), (.p2, true), (.p3, false), (.p4, false)])
    func breaksThrough(priority: Priority, isAtOnce: Bool) throws {
        let plan = try Self.plan(at: Self.midnight, breaksThrough: .p2, priority: priority)
        #expect((plan.notBefore == nil) == isAtOnce)
    }

    @Test func settingsKeepTheirStateThroughStorage() throws {
        let settings = NotificationSettings(
            zone: "Europe/Berlin",
            quietHours: Self.nights,
            channels: [Self.pager, .email],
            inQuietHours: .nextChannel,
            breaksThrough: .p1
        )
        #expect(try JSON.roundTrip(settings) == settings)
    }
}
