import Domain
import FoundationEssentials

/// What `docket doctor` prints, for people and for programs.
struct DoctorReport: Sendable {
    let findings: [DoctorFinding]
    let repairs: [DoctorRepair]

    /// The worst of the findings.
    var status: DoctorStatus { findings.map(\.status).max() ?? .ok }

    /// One line a check; below it what is wrong and what to do.
    var text: String {
        let width = DoctorCheck.allCases.map(\.rawValue.count).max() ?? 0
        let margin = String(repeating: " ", count: width + 11)
        var lines: [String] = []
        for repair in repairs {
            lines.append(Self.line(repair.isComplete ? "repair" : "failed", repair.check, repair.message, width))
        }
        if !repairs.isEmpty { lines.append("") }
        for finding in findings {
            lines.append(Self.line(finding.status.rawValue, finding.check, finding.message, width))
            if finding.status > .ok {
                lines += finding.details.map { margin + "· " + $0 }
                lines.append(margin + "→ " + finding.advice)
            }
        }
        let counts = DoctorStatus.allCases.map { status in "\(findings.count { $0.status == status }) \(status.rawValue)" }
        return lines.joined(separator: "\n") + "\n\n" + counts.joined(separator: ", ")
    }

    /// One object (docs/cli.md).
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    private static func line(_ status: String, _ check: DoctorCheck, _ message: String, _ width: Int) -> String {
        pad(status, 9) + pad(check.rawValue, width + 2) + message
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}

extension DoctorReport: Encodable {
    private enum CodingKeys: String, CodingKey {
        case status, findings, repairs
    }

    private enum FindingKeys: String, CodingKey {
        case name, status, message, numbers, details, advice
    }

    private enum RepairKeys: String, CodingKey {
        case name, repaired, message, complete
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        var findingList = container.nestedUnkeyedContainer(forKey: .findings)
        for finding in findings {
            var object = findingList.nestedContainer(keyedBy: FindingKeys.self)
            try object.encode(finding.check, forKey: .name)
            try object.encode(finding.status, forKey: .status)
            try object.encode(finding.message, forKey: .message)
            try object.encode(Dictionary(finding.numbers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }), forKey: .numbers)
            try object.encode(finding.details, forKey: .details)
            try object.encode(finding.advice, forKey: .advice)
        }
        var repairList = container.nestedUnkeyedContainer(forKey: .repairs)
        for repair in repairs {
            var object = repairList.nestedContainer(keyedBy: RepairKeys.self)
            try object.encode(repair.check, forKey: .name)
            try object.encode(repair.repaired, forKey: .repaired)
            try object.encode(repair.message, forKey: .message)
            try object.encode(repair.isComplete, forKey: .complete)
        }
    }
}
