/// How near tenants come to the number of versions of policies, or of calendars, that their configuration takes.
public struct VersionTally: Hashable, Sendable {
    private let maximum: Int
    private(set) var most = 0
    private(set) var near = 0
    private(set) var full = 0
    private(set) var details: [String] = []

    /// The share of the maximum from which on a tenant is named.
    static let nearShare = 0.8

    /// - Parameter maximum: the most versions of one kind.
    public init(maximum: Int) {
        self.maximum = maximum
    }

    /// - Parameters:
    ///   - count: the versions of one kind that a tenant has.
    ///   - noun: the kind: "policies".
    public mutating func add(_ count: Int, of noun: String, tenant: String) {
        most = max(most, count)
        guard Double(count) >= Double(maximum) * Self.nearShare else { return }
        if count >= maximum { full += 1 } else { near += 1 }
        if details.count < DoctorFinding.maximumDetails { details.append("\(tenant): \(count) versions of \(noun)") }
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .warning,
            if: near,
            { "\($0) tenants come near \(maximum) versions of policies or calendars, at which edits are refused." },
            "Have whatever edits them so often do it less often: every edit and everything new is a version, and versions are kept for good."
        )
        judgement.complain(
            .problem,
            if: full,
            { "\($0) tenants have \(maximum) versions of policies or calendars, or more: edits are refused, and what is beyond is not read." },
            "Clocks that name versions beyond cannot be measured. Versions are kept for good: new promises need a new tenant."
        )
        return judgement.finding(
            .versions,
            fine: "No tenant has more than \(most) versions of policies or of calendars; \(maximum) are read.",
            numbers: [DoctorNumber("most", most), DoctorNumber("near", near), DoctorNumber("full", full)],
            details: details
        )
    }
}
