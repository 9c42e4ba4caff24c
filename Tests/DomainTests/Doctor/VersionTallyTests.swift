import Domain
import Testing

/// When a tenant's versions are worth a word.
@Suite struct VersionTallyTests {
    @Test(
        "From four fifths on a tenant comes near; from the maximum on its edits are refused",
        arguments: [
            (7_999, DoctorStatus.ok, 0, 0), (8_000, .warning, 1, 0), (9_999, .warning, 1, 0), (10_000, .problem, 0, 1), (10_001, .problem, 0, 1),
        ]
    )
    func limits(count: Int, status: DoctorStatus, near: Int64, full: Int64) {
        var tally = VersionTally(maximum: 10_000, maximumBytes: 1 << 20)
        tally.add(count, of: "policies", tenant: "acme")
        let finding = tally.finding
        #expect(finding.status == status && finding.number("near") == near && finding.number("full") == full)
        #expect(finding.details == (status == .ok ? [] : ["acme: \(count) versions of policies"]))
    }

    @Test(
        "So it is with the bytes that versions take as text",
        arguments: [
            (838_860, DoctorStatus.ok, 0, 0), (838_861, .warning, 1, 0), (1_048_575, .warning, 1, 0), (1_048_576, .problem, 0, 1),
        ]
    )
    func bytes(count: Int, status: DoctorStatus, large: Int64, tooLarge: Int64) {
        var tally = VersionTally(maximum: 10_000, maximumBytes: 1 << 20)
        tally.add(bytes: count, of: "chains", tenant: "acme")
        let finding = tally.finding
        #expect(finding.status == status && finding.number("large") == large && finding.number("too_large") == tooLarge)
        #expect(finding.details == (status == .ok ? [] : ["acme: versions of chains with \(count >> 20) MiB"]))
    }

    @Test("A tenant is counted once, however many kinds it is named for")
    func kinds() {
        var tally = VersionTally(maximum: 10, maximumBytes: 1 << 20)
        for noun in ["policies", "calendars"] {
            tally.add(9, of: noun, tenant: "acme")
            tally.add(bytes: 1 << 20, of: noun, tenant: "acme")
        }
        tally.add(9, of: "policies", tenant: "globex")
        let finding = tally.finding
        #expect(finding.number("near") == 2 && finding.number("too_large") == 1 && finding.details.count == 5)
    }
}
