/// Within how many seconds of a ticket's arrival work on it is to begin.
public struct SimulationTargets: Hashable, Sendable {
    public static let range = 1...31_622_400

    public let p1Seconds: Int
    public let p2Seconds: Int
    public let p3Seconds: Int
    public let p4Seconds: Int

    /// Five minutes, a quarter of an hour, an hour, four hours.
    public init() {
        (p1Seconds, p2Seconds, p3Seconds, p4Seconds) = (300, 900, 3_600, 14_400)
    }

    /// - Parameter seconds: of P1 to P4.
    /// - Returns: nil unless these are four numbers in ``range``.
    public init?(_ seconds: [Int]) {
        guard seconds.count == 4, seconds.allSatisfy(Self.range.contains) else { return nil }
        (p1Seconds, p2Seconds, p3Seconds, p4Seconds) = (seconds[0], seconds[1], seconds[2], seconds[3])
    }

    func seconds(for priority: Priority) -> Int {
        switch priority {
        case .p1: p1Seconds
        case .p2: p2Seconds
        case .p3: p3Seconds
        case .p4: p4Seconds
        }
    }
}
