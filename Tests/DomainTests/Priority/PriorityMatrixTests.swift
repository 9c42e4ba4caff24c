import Testing

@testable import Domain

@Suite("Priority matrix")
struct PriorityMatrixTests {
    @Test(
        "impact and urgency give the priority (features.md A2.4)",
        arguments: [
            (ImpactLevel.high, [Priority.p1, .p2, .p3]), (.medium, [.p2, .p3, .p4]), (.low, [.p3, .p4, .p4]),
        ]
    )
    func matrix(impact: ImpactLevel, byUrgency: [Priority]) {
        #expect([ImpactLevel.high, .medium, .low].map { PriorityMatrix.priority(impact: impact, urgency: $0) } == byUrgency)
    }
}
