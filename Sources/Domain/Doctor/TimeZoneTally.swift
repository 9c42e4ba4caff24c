/// The time zone database of this machine, and those by which the calendars' newest versions were made.
public struct TimeZoneTally: Hashable, Sendable {
    /// The release here; nil where it is not known.
    public let current: String?
    private(set) var same = 0
    private(set) var unknown = 0
    private(set) var different: [String: Int] = [:]
    private(set) var details: [String] = []
    private(set) var full: [String] = []

    public init(current: String?) {
        self.current = current
    }

    /// - Parameters:
    ///   - made: the release by which calendars of a tenant were made; nil where it was not known.
    ///   - calendars: how many.
    public mutating func add(made: String?, calendars: Int, tenant: String) {
        guard let made else {
            unknown += calendars
            return
        }
        if made == current {
            same += calendars
        } else {
            different[made, default: 0] += calendars
            if details.count < 100 { details.append("\(tenant): \(calendars) by \(made)") }
        }
    }

    /// - Parameters:
    ///   - versions: what a tenant has of versions of calendars.
    ///   - needed: how many more the present release would make, for which there is no room.
    public mutating func addFull(versions: Int, needed: Int, tenant: String) {
        full.append("\(tenant): \(needed) new versions of calendars, and no room for them beside \(versions)")
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        let other = different.values.reduce(0, +)
        if let current {
            if other > 0 {
                judgement.complain(
                    .warning,
                    "The time zone database is \(current); \(other) calendars were made by \(different.keys.sorted().joined(separator: ", ")). "
                        + "They count by the rules that were kept with them; where none were, new times follow the new rules, and deadlines of running clocks the old ones.",
                    "Restart every process with the same release, then run `docket doctor --repair`: running clocks are measured anew."
                )
            }
            judgement.complain(
                .problem,
                if: full.count,
                { "\($0) tenants have no room for the versions of calendars that this release makes: they cannot take it over." },
                "Versions are kept for good: calendars that go on by the old rules need a new tenant."
            )
        } else {
            judgement.complain(
                .warning,
                "The release of the time zone database cannot be told: neither tzdata.zi nor +VERSION is there.",
                "Install the system's tzdata package whole."
            )
        }
        let known = current.map { "The time zone database is \($0)" } ?? ""
        return judgement.finding(
            .timeZones,
            fine: unknown == 0
                ? "\(known), by which all \(same) calendars were made."
                : "\(known); of \(unknown) calendars it is not known by which they were made.",
            numbers: [
                DoctorNumber("same", same), DoctorNumber("different", other), DoctorNumber("unknown", unknown),
                DoctorNumber("full", full.count),
            ],
            details: full + details
        )
    }
}
