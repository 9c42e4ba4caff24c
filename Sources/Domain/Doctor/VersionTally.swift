/// How near tenants come to the number of versions of policies, or of calendars, that their configuration takes, and to the bytes that versions may take as text.
public struct VersionTally: Hashable, Sendable {
    private let maximum: Int
    private let maximumBytes: Int
    private(set) var most = 0
    private var near: Set<String> = []
    private var full: Set<String> = []
    private var large: Set<String> = []
    private var tooLarge: Set<String> = []
    private(set) var details: [String] = []

    /// The share of a maximum from which on a tenant is named.
    static let nearShare = 0.8

    /// - Parameters:
    ///   - maximum: the most versions of one kind.
    ///   - maximumBytes: what all versions of one kind may take as text.
    public init(maximum: Int, maximumBytes: Int) {
        self.maximum = maximum
        self.maximumBytes = maximumBytes
    }

    /// - Parameters:
    ///   - count: the versions of one kind that a tenant has.
    ///   - noun: the kind: "policies".
    public mutating func add(_ count: Int, of noun: String, tenant: String) {
        most = max(most, count)
        guard Double(count) >= Double(maximum) * Self.nearShare else { return }
        if count >= maximum { full.insert(tenant) } else { near.insert(tenant) }
        name("\(tenant): \(count) versions of \(noun)")
    }

    /// - Parameters:
    ///   - bytes: what all versions of one kind that a tenant has take as text.
    ///   - noun: the kind: "policies".
    public mutating func add(bytes: Int, of noun: String, tenant: String) {
        guard Double(bytes) >= Double(maximumBytes) * Self.nearShare else { return }
        if bytes >= maximumBytes { tooLarge.insert(tenant) } else { large.insert(tenant) }
        name("\(tenant): versions of \(noun) with \(bytes >> 20) MiB")
    }

    private mutating func name(_ detail: String) {
        if details.count < DoctorFinding.maximumDetails { details.append(detail) }
    }

    public var finding: DoctorFinding {
        var judgement = DoctorJudgement()
        judgement.complain(
            .warning,
            if: near.count,
            { "\($0) tenants come near \(maximum) versions of policies or calendars, at which edits are refused." },
            "Have whatever edits them so often do it less often: every edit and everything new is a version, and versions are kept for good."
        )
        judgement.complain(
            .problem,
            if: full.count,
            { "\($0) tenants have \(maximum) versions of policies or calendars, or more: edits are refused, and what is beyond is not read." },
            "Clocks that name versions beyond cannot be measured. Versions are kept for good: new promises need a new tenant."
        )
        let mebibytes = maximumBytes >> 20
        judgement.complain(
            .warning,
            if: large.count,
            { "\($0) tenants come near \(mebibytes) MiB of versions of policies, calendars or chains, at which edits are refused." },
            "Have whatever edits them so often do it less often, or make them smaller: every edit is a version of the whole, and versions are kept for good."
        )
        judgement.complain(
            .problem,
            if: tooLarge.count,
            { "\($0) tenants have \(mebibytes) MiB of versions of policies, calendars or chains, or more: edits are refused." },
            "What is there still holds. Versions are kept for good: new promises need a new tenant."
        )
        return judgement.finding(
            .versions,
            fine: "No tenant has more than \(most) versions of policies or of calendars; \(maximum) are read.",
            numbers: [
                DoctorNumber("most", most), DoctorNumber("near", near.count), DoctorNumber("full", full.count), DoctorNumber("large", large.count),
                DoctorNumber("too_large", tooLarge.count),
            ],
            details: details
        )
    }
}
