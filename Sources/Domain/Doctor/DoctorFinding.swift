/// What one check came to.
public struct DoctorFinding: Hashable, Sendable {
    public let check: DoctorCheck
    public let status: DoctorStatus
    /// One or more sentences for people.
    public let message: String
    public let numbers: [DoctorNumber]
    /// Names of what is wrong: objects of the catalogue, tenants and ticket numbers, never content. At most ``maximumDetails``.
    public let details: [String]
    /// What to do; empty when nothing needs to be done.
    public let advice: String

    public static let maximumDetails = 10

    public init(
        _ check: DoctorCheck,
        _ status: DoctorStatus,
        _ message: String,
        numbers: [DoctorNumber] = [],
        details: [String] = [],
        advice: String = ""
    ) {
        self.check = check
        self.status = status
        self.message = message
        self.numbers = numbers
        self.details = Array(details.prefix(Self.maximumDetails))
        self.advice = advice
    }

    /// A check that could not be made is as bad as one that failed: nobody knows.
    public static func unchecked(_ check: DoctorCheck, because reason: String) -> DoctorFinding {
        DoctorFinding(check, .problem, "This could not be checked: \(reason).", advice: "See to the other findings first, then run the doctor again.")
    }

    /// The value of a number.
    public func number(_ name: String) -> Int64? {
        numbers.first { $0.name == name }?.value
    }
}
