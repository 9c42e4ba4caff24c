/// Appends metrics in Prometheus' text exposition format 0.0.4.
public struct ExpositionWriter: Sendable {
    /// The value of `Content-Type` for this format.
    public static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    public private(set) var bytes: [UInt8] = []

    public init() {
        bytes.reserveCapacity(16_384)
    }

    /// Begins a family: its `# HELP` and `# TYPE` lines.
    public mutating func family(_ name: String, help: String?, kind: MetricKind) {
        if let help {
            text("# HELP \(name) ")
            for scalar in help.unicodeScalars {
                switch scalar {
                case "\\": text("\\\\")
                case "\n": text("\\n")
                default: text(String(Character(scalar)))
                }
            }
            text("\n")
        }
        text("# TYPE \(name) \(kind.rawValue)\n")
    }

    /// One sample without labels.
    public mutating func sample(_ name: String, _ value: Double) {
        sample(name, labels: "", value)
    }

    mutating func sample(_ name: String, labels: String, _ value: Double) {
        text(name)
        text(labels)
        text(" ")
        text(ExpositionWriter.number(value))
        text("\n")
    }

    private mutating func text(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Whole numbers without a fraction, as long as a `Double` holds them exactly; otherwise the shortest text that reads back equal.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if value == value.rounded(), abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
        return value.description
    }
}
