/// The targets by which the replay measures: how long an incident of each priority may take to its solution.
struct ReplayTargets: Hashable, Sendable {
    /// Hours of the recorded time for P1 to P4.
    static let hours: [Int64] = [4, 8, 72, 120]

    let pace: ReplayPace

    /// Seconds for P1 to P4: as much shorter as the replay is faster than what was recorded.
    var seconds: [Int64] {
        ReplayTargets.hours.map { hours in
            switch pace {
            case .maximum: hours * 3_600
            case .times(let factor): max(1, Int64((Double(hours) * 3_600 / factor).rounded()))
            }
        }
    }

    struct Policy: Encodable, Sendable {
        struct Target: Encodable, Sendable {
            var metric = "resolution"
            let priority: Int
            let seconds: Int64
            var mode = "business"
        }

        struct Pause: Encodable, Sendable {
            var metric = "resolution"
            let category: String
        }

        struct Warning: Encodable, Sendable {
            let percent: Int
        }

        var name = ReplayNames.policy
        var position = 1_000
        let targets: [Target]
        let calendar_id: String
        var pauses = [Pause(category: "pending"), Pause(category: "hold")]
        var warnings = [Warning(percent: 75)]
    }

    func policy(calendar: String) -> Policy {
        Policy(targets: seconds.enumerated().map { Policy.Target(priority: $0.offset + 1, seconds: $0.element) }, calendar_id: calendar)
    }
}
