import Domain
public import UseCases

/// What the linter says.
struct PolicyFindingsResource: ResponseObject {
    let findings: [PolicyFinding]

    static let schema = JSONSchema.object(
        "SLAPolicyFindings",
        [JSONProperty("findings", .array(of: findingSchema), "Policy by policy; empty: nothing is odd.")]
    )

    static let findingSchema = JSONSchema.object(
        "SLAPolicyFinding",
        [
            JSONProperty("severity", .codes(SLALintFinding.Severity.self), "error: a promise that is never made or kept as it stands there."),
            JSONProperty("code", .codes(SLALintFinding.Code.self), "What it is."),
            JSONProperty("policy_id", .id.nullable, "The policy; null: the proposed new one."),
            JSONProperty("policy_name", .string, "Its name."),
            JSONProperty("pointer", .string, "A JSON Pointer into the policy."),
            JSONProperty("message", .string, "A sentence for people."),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("findings", findings) }
    }
}

extension PolicyFinding: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("severity", finding.severity.rawValue)
            writer.field("code", finding.code.rawValue)
            writer.field("policy_id", policy)
            writer.field("policy_name", name)
            writer.field("pointer", finding.pointer)
            writer.field("message", finding.message)
        }
    }
}
