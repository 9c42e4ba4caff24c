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
        #expect([ImpactLevel.high, .medium, .low].map { PriorityMatrix.standard.priority(impact: impact, urgency: $0) } == byUrgency)
    }

    @Test("a tier's own matrix replaces the tenant's for its customers alone")
    func tiers() throws {
        let gold = try #require(PriorityGrid(rows: [[.p1, .p1, .p1], [.p1, .p2, .p2], [.p2, .p2, .p3]]))
        let matrix = PriorityMatrix(grid: .standard, tiers: [PriorityMatrix.Tier(tier: "gold", grid: gold)])
        for impact in ImpactLevel.allCases {
            for urgency in ImpactLevel.allCases {
                let standard = PriorityMatrix.standard.priority(impact: impact, urgency: urgency)
                for tier in [nil, "silver", "Gold"] { #expect(matrix.priority(impact: impact, urgency: urgency, tier: tier) == standard) }
                let expected = gold.rows[impact.rawValue - 1][urgency.rawValue - 1]
                #expect(matrix.priority(impact: impact, urgency: urgency, tier: "gold") == expected)
            }
        }
        #expect(try JSON.roundTrip(matrix) == matrix)
    }

    @Test(
        "a matrix has a priority for each impact and urgency",
        arguments: [[], [[.p1, .p1, .p1]], [[.p1, .p1, .p1], [.p1, .p1, .p1], [.p1, .p1]]] as [[[Priority]]]
    )
    func incomplete(rows: [[Priority]]) {
        #expect(PriorityGrid(rows: rows) == nil)
    }
}
