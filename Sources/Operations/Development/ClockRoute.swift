import Domain
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import Runtime
import Store
import Telemetry
import UseCases

/// `POST /clock {"advance_seconds": N}` on the admin port: moves the database's time, for tests.
struct ClockRoute: Sendable {
    private struct Body: Decodable {
        let advance_seconds: Double
    }

    /// A hundred years at a time, and never to where no calendar can reckon.
    private static let range = 0.0...3_155_760_000

    let roles: [RoleRuntime]
    let movedClock: MovedClock

    func add(to router: Router<AdminRequestContext>) {
        router.post("clock") { request, _ in
            let bytes = try await request.body.collect(upTo: 1_024)
            guard let body = try? JSONDecoder().decode(Body.self, from: Data(bytes.readableBytesView)), Self.range.contains(body.advance_seconds)
            else {
                throw HTTPError(.unprocessableContent, message: "advance_seconds must be a number from 0 to \(Int(Self.range.upperBound))")
            }
            guard let first = roles.first else { throw HTTPError(.serviceUnavailable) }
            let clock = first.environment.clock
            let goal = try await clock.read().adding(microseconds: Int64(body.advance_seconds * 1_000_000))
            guard CalendarYears.range.contains(goal) else {
                throw HTTPError(.unprocessableContent, message: "the clock cannot be moved beyond the year 2299")
            }
            let now = try await clock.advance(bySeconds: body.advance_seconds)
            movedClock.follow(now)
            for role in roles { role.environment.clock.invalidate() }
            for channel in WakeUpChannel.allCases { first.environment.wakeUps.send(channel) }
            return "{\"now\":\"\(now)\"}\n"
        }
    }
}
