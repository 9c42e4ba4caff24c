public import Domain

/// `{"matrix", "tiers"}`
struct PutPriorityMatrix: RequestObject {
    private static let matrixField = RequestField("matrix", JSONType<PriorityGrid>.grid, PriorityMatrixResource.matrixText)
    private static let tiersField = RequestField(
        "tiers",
        .array(of: JSONType<TierMatrixObject>.object, 0...PriorityMatrix.maximumTiers),
        PriorityMatrixResource.tiersText
    )
    static let schema = JSONSchema.object("PutPriorityMatrix", [matrixField.required, tiersField.optional], isClosed: true)

    let matrix: PriorityMatrix

    init?(from reader: inout ObjectReader) {
        let grid = reader.required(Self.matrixField)
        let tiers = reader.optional(Self.tiersField) ?? []
        guard let grid else { return nil }
        matrix = PriorityMatrix(grid: grid, tiers: tiers.map(\.tier))
    }
}

/// `{"tier", "matrix"}`
struct TierMatrixObject: RequestObject {
    private static let tierField = RequestField("tier", .text(1...64), "As organizations name it.")
    private static let matrixField = RequestField("matrix", JSONType<PriorityGrid>.grid, "The priorities of its tickets.")
    static let schema = JSONSchema.object("TierPriorityMatrix", [tierField.required, matrixField.required], isClosed: true)

    let tier: PriorityMatrix.Tier

    init?(from reader: inout ObjectReader) {
        let name = reader.required(Self.tierField)
        let grid = reader.required(Self.matrixField)
        guard let name, let grid else { return nil }
        tier = PriorityMatrix.Tier(tier: name, grid: grid)
    }
}

struct PriorityMatrixResource: ContentTagged {
    static let matrixText = "Three rows, by impact from 1 (high) to 3 (low), of three priorities, by urgency from 1 (high) to 3 (low)."
    static let tiersText = "What replaces it for tickets of organizations of a tier."

    let matrix: PriorityMatrix

    static let schema = JSONSchema.object(
        "PriorityMatrix",
        [
            JSONProperty("matrix", JSONType<PriorityGrid>.grid.schema, matrixText),
            JSONProperty("tiers", .array(of: TierMatrixObject.schema), tiersText),
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("matrix", matrix.grid)
            writer.field("tiers", matrix.tiers)
        }
    }
}

extension JSONType where Value == PriorityGrid {
    static var grid: JSONType {
        let size = PriorityGrid.size
        let row = JSONType<[PriorityCode]>.array(of: JSONType<PriorityCode>.code, size...size)
        return JSONType<[[PriorityCode]]>.array(of: row, size...size).map("Must be \(size) rows of \(size) priorities.") { rows in
            PriorityGrid(rows: rows.map { $0.map(\.priority) })
        }
    }
}

extension PriorityGrid: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        rows.map { $0.map { PriorityCode($0).rawValue } }.write(to: &writer)
    }
}

extension PriorityMatrix.Tier: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("tier", tier)
            writer.field("matrix", grid)
        }
    }
}
